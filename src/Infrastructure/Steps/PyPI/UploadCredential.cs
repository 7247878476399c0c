using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>How twine is told where to upload and as whom. Passwords go through the environment or a file, never as arguments.</summary>
internal sealed record UploadCredential(
    IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Secrets)
{
    private const string TokenUser = "__token__";

    /// <summary>The project's stored password, or else the worker's <c>.pypirc</c>.</summary>
    public static async Task<Result<UploadCredential, StepError>> FindAsync(
        StepContext context, IndexChoice index, UploadOptions options, CancellationToken cancellationToken)
    {
        var password = await context.Secrets.ReadAsync(index.PasswordSecret, cancellationToken);
        if (!string.IsNullOrEmpty(password))
        {
            var user = await context.Secrets.ReadAsync(index.UserSecret, cancellationToken);
            return new UploadCredential(
                ["--repository-url", index.Address.Upload],
                new Dictionary<string, string> { ["TWINE_USERNAME"] = string.IsNullOrEmpty(user) ? TokenUser : user, ["TWINE_PASSWORD"] = password },
                [password]);
        }

        var name = index.Address.Name;
        if (PypircSection.Read(options.Path, name) is not { } section)
        {
            return new StepError(
                "no-credential",
                $"There is no credential for {index.Title}.",
                $"Nothing is stored under {index.PasswordSecret}, and {options.Path} has no section [{name}].",
                $"Store an upload token of the index as the project's {index.PasswordSecret}, or add the section on the worker. Then retry.");
        }

        // A section of the right name with another address would publish on another index.
        if (section.UploadAddress(name)?.TrimEnd('/') is var address && address != index.Address.Upload.TrimEnd('/'))
        {
            return new StepError(
                "pypirc-elsewhere",
                $"The section [{name}] of the worker's .pypirc uploads to another index.",
                $"It says {address ?? "nothing"}; the project says {index.Address.Upload}.",
                "Make them agree, or store a token as the project's secret. Then retry.");
        }

        return new UploadCredential(
            ["--repository", name, "--config-file", options.Path],
            new Dictionary<string, string>(),
            section.Password is { Length: > 0 } secret ? [secret] : []);
    }
}
