namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Kinds of documents and layers, as the OCI and Docker specifications name them.</summary>
public static class MediaTypes
{
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    public const string OciConfig = "application/vnd.oci.image.config.v1+json";

    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar+gzip";
}
