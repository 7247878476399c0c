using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Says what a failure of the engine or a registry means for a step.</summary>
internal static class ContainerStepErrors
{
    public static StepError Of(EngineError error, string what, IReadOnlyList<string>? lines = null) => new(
        error.Kind switch
        {
            EngineFailure.Unreachable => "no-engine",
            EngineFailure.BuildFailed => "build-failed",
            EngineFailure.AuthenticationFailed => "wrong-credential",
            EngineFailure.NotFound => "not-found",
            _ => "engine-failed",
        },
        what, error.Message, error.WhatToDo, lines ?? []);

    public static StepError Of(RegistryError error, string what) => new(
        error.Kind switch
        {
            RegistryFailure.AuthenticationFailed => "wrong-credential",
            RegistryFailure.Unreachable or RegistryFailure.AnswerLost => "unreachable",
            RegistryFailure.RateLimit => "rate-limit",
            RegistryFailure.WrongDigest => "other-bytes",
            _ => "registry-failed",
        },
        what, error.ToString(),
        error.Kind switch
        {
            RegistryFailure.AuthenticationFailed => "Store the registry's user and password as secrets of the project, then retry.",
            RegistryFailure.WrongDigest => "Do not go on. Look at what the registry hands out, and tell those who run it.",
            _ => "Check the registry and the network, then retry.",
        });

    /// <summary>Looking failed. What cannot be reached leaves the truth unknown.</summary>
    public static Observation Seen(RegistryError error, string what) =>
        error.IsPassing ? new Observation.Unknown(Of(error, what)) : new Observation.Failed(Of(error, what));

    public static Observation Seen(EngineError error, string what) =>
        error.Kind is EngineFailure.Unreachable or EngineFailure.AnswerLost ? new Observation.Unknown(Of(error, what)) : new Observation.Failed(Of(error, what));

    /// <summary>A write failed. Unless the registry itself said no, it may have happened.</summary>
    public static ActResult Written(RegistryError error, string what) =>
        error.Kind == RegistryFailure.AnswerLost ? new ActResult.AnswerLost(Of(error, what)) : new ActResult.Failed(Of(error, what));
}
