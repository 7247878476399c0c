using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Why a step gets no secret although one is stored.</summary>
internal static class SecretErrors
{
    public static StepError WrongPlace(string name) => new(
        "secret-refused",
        $"The secret {name} is not for the place that this step works with.",
        "What is stored for trying is never used for publishing, nor the other way round.",
        "Give the step the index or registry that the secret is for, or store one for this place.");

    public static StepError Unreadable(string name) => new(
        "secret-unreadable",
        $"The stored secret {name} cannot be decrypted.",
        "Its key is gone, or its row was changed or moved.",
        "Store it again, then retry.");
}
