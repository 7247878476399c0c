namespace ReleaseDashboard.Infrastructure.Containers.Engine;

public enum EngineFailure
{
    /// <summary>No connection: nothing was sent.</summary>
    Unreachable,

    /// <summary>It was sent and no whole answer came: it may have taken effect, so observe before anything else.</summary>
    AnswerLost,

    /// <summary>The engine said no: nothing was changed.</summary>
    Refused,
    NotFound,

    /// <summary>It is in use, or there already.</summary>
    Conflict,

    /// <summary>An instruction of the Dockerfile failed.</summary>
    BuildFailed,

    /// <summary>The registry behind a pull or push refused the credentials.</summary>
    AuthenticationFailed,

    /// <summary>The engine speaks no version of its API that this client speaks.</summary>
    WrongVersion,

    /// <summary>An answer that this client does not understand.</summary>
    Malformed,
}
