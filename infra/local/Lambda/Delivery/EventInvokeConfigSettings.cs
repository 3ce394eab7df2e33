using System.Text.RegularExpressions;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>What whoever configures asynchronous invocation asks for; numbers as on the wire.</summary>
/// <remarks>Source: AWS Lambda API Reference, PutFunctionEventInvokeConfig; texts as recorded against AWS in November
/// 2025.</remarks>
internal sealed partial record EventInvokeConfigSettings
{
    private const int MaxArnCharacters = 350;

    private const string ArnPattern =
        @"$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:"
        + @"((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)";

    public int? MaximumRetryAttempts { get; init; }

    public int? MaximumEventAgeInSeconds { get; init; }

    /// <summary>Null when it was not given; empty to have none.</summary>
    public string? OnSuccess { get; init; }

    /// <summary>Null when it was not given; empty to have none.</summary>
    public string? OnFailure { get; init; }

    /// <summary>Whether there was a destination configuration, be it empty.</summary>
    public bool HasDestinations { get; init; }

    public bool IsEmpty => MaximumRetryAttempts is null && MaximumEventAgeInSeconds is null && !HasDestinations;

    /// <exception cref="AwsException">ValidationException: a number's range, or the form of an ARN.</exception>
    public void Validate()
    {
        var errors = new List<string>();
        Range(errors, MaximumRetryAttempts, "maximumRetryAttempts", 0, AsynchronousLimits.MaximumRetryAttempts);
        Range(errors, MaximumEventAgeInSeconds, "maximumEventAgeInSeconds",
            (int)AsynchronousLimits.LeastMaximumEventAge.TotalSeconds,
            (int)AsynchronousLimits.MaximumEventAge.TotalSeconds);
        Form(errors, OnSuccess, "destinationConfig.onSuccess.destination");
        Form(errors, OnFailure, "destinationConfig.onFailure.destination");
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
    }

    /// <summary>These settings alone, or on top of others.</summary>
    /// <param name="before">Null to begin anew.</param>
    public EventInvokeConfig Applied(EventInvokeConfig? before, DateTimeOffset now) => new(
        MaximumRetryAttempts ?? before?.MaximumRetryAttempts,
        MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : before?.MaximumEventAge,
        OnSuccess is { } success ? Arn.TryParse(success) : before?.OnSuccess,
        OnFailure is { } failure ? Arn.TryParse(failure) : before?.OnFailure,
        now);

    private static void Range(List<string> errors, int? value, string member, int least, int most)
    {
        if (value < least)
            errors.Add(LambdaErrors.Constraint($"{value}", member, $"have value greater than or equal to {least}"));
        if (value > most)
            errors.Add(LambdaErrors.Constraint($"{value}", member, $"have value less than or equal to {most}"));
    }

    private static void Form(List<string> errors, string? arn, string member)
    {
        if (arn is null) return;
        if (arn.Length > MaxArnCharacters)
            errors.Add(LambdaErrors.Constraint(
                arn, member, $"have length less than or equal to {MaxArnCharacters}"));
        else if (!Destination().IsMatch(arn))
            errors.Add(LambdaErrors.Constraint(arn, member, $"satisfy regular expression pattern: {ArnPattern}"));
    }

    [GeneratedRegex($@"^({ArnPattern})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Destination();
}
