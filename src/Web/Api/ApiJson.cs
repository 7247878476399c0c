using System.Text.Json.Serialization;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Api;

/// <summary>
/// What endpoints name as their bodies and answers, compiled with the program: they are all looked at before the first page, and finding
/// out their shape then takes longer than the page. A type that is not here works as well, only slower at the start. Only records whose
/// constructor says everything: for properties with <c>init</c> the compiled shape forgets the defaults.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AuditVerification))]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(ConfirmationCode))]
[JsonSerializable(typeof(FreezeRequest))]
[JsonSerializable(typeof(GroupText))]
[JsonSerializable(typeof(HandOver))]
[JsonSerializable(typeof(IEnumerable<AccessLine>))]
[JsonSerializable(typeof(IEnumerable<TokenAnswer>))]
[JsonSerializable(typeof(IEnumerable<UserAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<AuditRow>))]
[JsonSerializable(typeof(IReadOnlyList<CheckpointRow>))]
[JsonSerializable(typeof(IReadOnlyList<GroupSummary>))]
[JsonSerializable(typeof(Judgement))]
[JsonSerializable(typeof(MeAnswer))]
[JsonSerializable(typeof(NewAccess))]
[JsonSerializable(typeof(NewNotes))]
[JsonSerializable(typeof(NewPassword))]
[JsonSerializable(typeof(NewRelease))]
[JsonSerializable(typeof(NewSecret))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(NewUser))]
[JsonSerializable(typeof(ReadNotices))]
[JsonSerializable(typeof(Reason))]
[JsonSerializable(typeof(Remark))]
[JsonSerializable(typeof(Retry))]
[JsonSerializable(typeof(UserChange))]
internal sealed partial class ApiJson : JsonSerializerContext;
