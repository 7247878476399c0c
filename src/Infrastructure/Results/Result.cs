using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Infrastructure.Results;

/// <summary>A value, or the expected failure that stands in its place.</summary>
public sealed class Result<TValue, TError>
    where TError : class
{
    private readonly TValue? _value;

    private Result(TValue? value, TError? error) => (_value, Error) = (value, error);

    public TError? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    /// <summary>The value; asking for it without having checked <see cref="IsOk"/> is a bug.</summary>
    public TValue Value => IsOk ? _value! : throw new InvalidOperationException($"There is no value: {Error}");

    public static Result<TValue, TError> Ok(TValue value) => new(value, null);

    public static Result<TValue, TError> Failed(TError error) => new(default, error);

    public static implicit operator Result<TValue, TError>(TValue value) => Ok(value);

    public static implicit operator Result<TValue, TError>(TError error) => Failed(error);

    public Result<TNext, TError> Map<TNext>(Func<TValue, TNext> next) => IsOk ? Result<TNext, TError>.Ok(next(Value)) : Error;

    public Result<TNext, TError> Then<TNext>(Func<TValue, Result<TNext, TError>> next) => IsOk ? next(Value) : Error;

    public override string ToString() => IsOk ? $"Ok: {_value}" : $"Failed: {Error}";
}
