using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Web.Secrets;

/// <summary>How secrets are named for people.</summary>
internal static class SecretLook
{
    public static string Label(string name) => name switch
    {
        SecretName.GitHubToken => "GitHub token",
        SecretName.TestIndexUser => "Test index user",
        SecretName.TestIndexPassword => "Test index token",
        SecretName.ProductionIndexUser => "PyPI user",
        SecretName.ProductionIndexPassword => "PyPI token",
        SecretName.GitHubWebhook => "Webhook signature key",
        SecretName.PreproductionRegistryUser => "Preproduction registry user",
        SecretName.PreproductionRegistryPassword => "Preproduction registry token",
        SecretName.ProductionRegistryUser => "Production registry user",
        SecretName.ProductionRegistryPassword => "Production registry token",
        _ => name,
    };

    /// <summary>Which steps get it, in words.</summary>
    public static string Steps(string name, IReadOnlyList<string> chosen)
    {
        var kinds = chosen.Count > 0 ? chosen : SecretScope.Usual(name);
        var of = name switch
        {
            SecretName.TestIndexUser or SecretName.TestIndexPassword => " on the test index only",
            SecretName.ProductionIndexUser or SecretName.ProductionIndexPassword => " on the production index only",
            SecretName.PreproductionRegistryUser or SecretName.PreproductionRegistryPassword => " on the preproduction registry only",
            SecretName.ProductionRegistryUser or SecretName.ProductionRegistryPassword => " on the production registry only",
            _ => "",
        };
        return kinds.Count == 0 ? "no step: it checks what GitHub delivers" : (kinds.Contains("*") ? "every step that works on the repository" : string.Join(", ", kinds)) + of;
    }
}
