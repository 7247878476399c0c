using ReleaseDashboard.Infrastructure.Steps.PyPI;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

public sealed class TwineAnswerTests
{
    [Fact]
    public void Of_AnswerIsAPage_TakesItsTitle()
    {
        var answer = TwineAnswer.Of(
        [
            "INFO     Response from https://upload.pypi.org/legacy/:",
            "         400 Bad Request",
            "INFO     <html>",
            "          <head>",
            "           <title>400 File already exists ('tool-1.2.0.tar.gz', with blake2_256 hash 'ab'). See help for more.</title>",
            "          </head>",
            "         </html>",
            "ERROR    HTTPError: 400 Bad Request from https://upload.pypi.org/legacy/",
            "         Bad Request",
        ]);

        answer.Status.ShouldBe(400);
        answer.Words.ShouldBe("400 File already exists ('tool-1.2.0.tar.gz', with blake2_256 hash 'ab'). See help for more.");
        answer.FileExists.ShouldBeTrue();
        answer.IsLost.ShouldBeFalse();
    }

    [Fact]
    public void Of_ReasonOnly_TakesTheReason()
    {
        var answer = TwineAnswer.Of(["ERROR    HTTPError: 403 Invalid or non-existent authentication information. from https://upload.pypi.org/legacy/"]);

        (answer.Status, answer.Words, answer.IsLost).ShouldBe((403, "Invalid or non-existent authentication information.", false));
    }

    [Fact]
    public void Of_TwineMissing_IsNotLost()
    {
        var answer = TwineAnswer.Of(["/usr/bin/python3: No module named twine"]);

        (answer.Status, answer.Words, answer.IsLost).ShouldBe((null, "/usr/bin/python3: No module named twine", false));
    }
}
