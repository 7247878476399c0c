using System.Text;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>Proof that an entry is in the tree of a checkpoint.</summary>
/// <param name="Path">Hashes from the leaf up to the root (RFC 9162, section 2.1.3).</param>
internal sealed record InclusionAnswer(long Sequence, long Size, string Root, IReadOnlyList<string> Path);

/// <summary>Proof that one tree is the beginning of another (RFC 9162, section 2.1.4).</summary>
internal sealed record ConsistencyAnswer(long From, string FromRoot, long To, string ToRoot, IReadOnlyList<string> Path);

/// <summary>Signed checkpoints of the audit trail, and proofs against them.</summary>
internal static class CheckpointsApi
{
    public static void MapCheckpointReads(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit").WithTags("Audit").ProducesProblem(403).Needs(Permission.ReadAudit);
        audit.MapGet("/checkpoints", (long? before, int? count, CheckpointQueries checkpoints, CancellationToken cancellationToken) => checkpoints.ListAsync(before, count ?? 50, cancellationToken))
            .Produces<IReadOnlyList<CheckpointRow>>().WithSummary("Checkpoints, newest first");
        audit.MapGet("/checkpoints.txt", (CheckpointQueries checkpoints, CancellationToken cancellationToken) =>
                Results.Stream(stream => AllAsync(stream, checkpoints, cancellationToken), "text/plain; charset=utf-8", "audit-checkpoints.txt"))
            .WithSummary("The text of every checkpoint, to keep elsewhere");
        audit.MapGet("/checkpoints/{size:long}", async (long size, CheckpointQueries checkpoints, CancellationToken cancellationToken) =>
                await checkpoints.TextAsync(size, cancellationToken) is { } text ? Text(text, $"audit-checkpoint-{size}.txt") : ApiProblems.NotFound("There is no checkpoint over so many entries."))
            .WithSummary("The signed text of a checkpoint");
        audit.MapGet("/keys.pem", (CheckpointKeys keys) => Text(string.Join('\n', keys.Public().Values), "audit-keys.pem")).WithSummary("The public keys of the checkpoints, former ones included");
        audit.MapGet("/proof/{sequence:long}", ProofAsync).Produces<InclusionAnswer>().WithSummary("Proof that an entry is among the first ones that a checkpoint covers");
        audit.MapGet("/consistency", ConsistencyAsync).Produces<ConsistencyAnswer>().WithSummary("Proof that the first entries are the beginning of more of them");
    }

    public static void MapCheckpointWrites(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/audit/checkpoints", async (CheckpointMaker maker, CancellationToken cancellationToken) =>
            {
                var made = await maker.MakeAsync(cancellationToken);
                return made.IsOk ? Text(made.Value.Text, null) : Results.Problem(made.Error.Message, statusCode: StatusCodes.Status409Conflict);
            })
            .Needs(Permission.ManagePeople).WithTags("Audit").WithSummary("Sign the trail as it is now; the last checkpoint when nothing has happened since");

    private static async Task<IResult> ProofAsync(long sequence, long? size, AuditTree tree, CheckpointMaker maker, CancellationToken cancellationToken)
    {
        if (await CoveredAsync(size, maker, cancellationToken) is not { } covered || sequence < 1 || sequence > covered)
            return ApiProblems.NotFound("No checkpoint covers this entry yet.");
        var path = await tree.InclusionAsync([sequence], covered, cancellationToken);
        return Results.Ok(new InclusionAnswer(sequence, covered, (await tree.RootAsync(covered, cancellationToken)).ToString(), [.. path[0].Select(hash => hash.ToString())]));
    }

    private static async Task<IResult> ConsistencyAsync(long from, long? to, AuditTree tree, CheckpointMaker maker, CancellationToken cancellationToken)
    {
        if (await CoveredAsync(to, maker, cancellationToken) is not { } covered || from < 1 || from > covered)
            return ApiProblems.NotFound("No checkpoint covers so many entries yet.");
        var path = await tree.ConsistencyAsync(from, covered, cancellationToken);
        return Results.Ok(new ConsistencyAnswer(
            from, (await tree.RootAsync(from, cancellationToken)).ToString(), covered, (await tree.RootAsync(covered, cancellationToken)).ToString(), [.. path.Select(hash => hash.ToString())]));
    }

    // Never past what is signed: a root that nobody vouched for proves nothing.
    private static async Task<long?> CoveredAsync(long? asked, CheckpointMaker maker, CancellationToken cancellationToken) =>
        await maker.LastAsync(cancellationToken) is { } last && (asked is null || asked <= last.Checkpoint.Size) ? asked ?? last.Checkpoint.Size : null;

    private static IResult Text(string text, string? name) => Results.File(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", name);

    private static async Task AllAsync(Stream stream, CheckpointQueries checkpoints, CancellationToken cancellationToken)
    {
        var separator = "";
        await foreach (var text in checkpoints.AllAsync(cancellationToken))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(separator + text), cancellationToken);
            separator = "\n";
        }
    }
}
