namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Why a call to the Docker Engine failed.</summary>
/// <param name="Status">HTTP status; null without one.</param>
/// <param name="Message">The engine's own words where there are some.</param>
public sealed record EngineError(EngineFailure Kind, int? Status, string Message)
{
    /// <summary>The way on, for the person who reads it.</summary>
    public string WhatToDo => Kind switch
    {
        EngineFailure.Unreachable => "Start the Docker Engine on the worker, or set Docker:Host to where it listens and let the worker's user use it. Then retry.",
        EngineFailure.AnswerLost => "Look at the engine's own log, then retry.",
        EngineFailure.NotFound => "Check the name, and that the engine has it. Then retry.",
        EngineFailure.Conflict => "Something else on the engine uses it: stop that, then retry.",
        EngineFailure.BuildFailed => "Repair the Dockerfile or what it needs, then start again from that commit.",
        EngineFailure.AuthenticationFailed => "Store the registry's user and password as secrets of the project, then retry.",
        EngineFailure.WrongVersion => "Install a Docker Engine from 19.03 on.",
        _ => "Read the engine's words, repair the cause, then retry.",
    };

    public override string ToString() => $"{Kind}{(Status is { } status ? $" ({status})" : "")}: {Message}";

    internal static EngineError Of(EngineFailure kind, string message) => new(kind, null, message);
}
