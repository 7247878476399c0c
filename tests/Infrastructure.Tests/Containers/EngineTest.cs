using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Tests.Clients;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>A test on the shared Docker Engine, with a folder to build from and names of its own.</summary>
public abstract class EngineTest : IAsyncLifetime
{
    protected static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    protected DockerEngine Engine { get; private set; } = null!;

    protected EngineClient Client { get; private set; } = null!;

    protected TemporaryFolder Folder { get; } = new();

    protected List<string> Log { get; } = [];

    /// <summary>A repository name that no other test uses.</summary>
    protected ImageRepository Name { get; } = ImageRepository.Parse($"rd-{Guid.CreateVersion7():N}");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Engine = await DockerEngine.SharedAsync();
        Client = new EngineClient(Engine.Options, TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected void Write(string log)
    {
        lock (Log)
            Log.Add(log);
    }

    protected void Put(string path, byte[] bytes)
    {
        var full = Folder.At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(full, File.GetUnixFileMode(full) | UnixFileMode.UserExecute);
    }

    protected BuildContext Context(string dockerfile) => Ok(BuildContext.Of(Folder.Path, dockerfile, Time));

    protected BuildRequest Request(string dockerfile) => new() { Context = Context(dockerfile), Platform = Platform.LinuxAmd64, Network = "none" };

    /// <summary>Builds an image of one tiny program.</summary>
    protected async Task<ImageDetails> ImageAsync(params ProgramAct[] acts)
    {
        Put("program", TinyProgram.For(Platform.LinuxAmd64, acts));
        return Ok(await Client.BuildAsync(Request("FROM scratch\nCOPY program /program\nENTRYPOINT [\"/program\"]\n"), Write, Stop));
    }

    protected T Ok<T>(Result<T, EngineError> result) => result.IsOk ? result.Value : throw new InvalidOperationException($"{result.Error}\n{string.Join('\n', Log)}");

    protected static EngineError Failed<T>(Result<T, EngineError> result, EngineFailure kind)
    {
        result.IsOk.ShouldBeFalse();
        result.Error!.Kind.ShouldBe(kind, result.Error.ToString());
        return result.Error;
    }
}
