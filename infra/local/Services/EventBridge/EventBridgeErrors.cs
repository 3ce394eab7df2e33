using Isobar.Local.Patterns;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.EventBridge;

/// <summary>Every error that EventBridge can answer with.</summary>
/// <remarks>Source: Amazon EventBridge API Reference; the texts are AWS's answers where known.</remarks>
internal static class EventBridgeErrors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    /// <summary>A member breaks a constraint of the service's model.</summary>
    public static AwsException Constraint(string value, string member, string rule) => Validation(
        $"1 validation error detected: Value {value} at '{member}' failed to satisfy constraint: {rule}");

    public static AwsException IsNull(string member) => Constraint("null", member, "Member must not be null");

    public static AwsException NotSupported(string reason) => Validation(reason);

    public static AwsException BusNotFound(string name) => NotFound($"Event bus {name} does not exist.");

    public static AwsException RuleNotFound(string name, string bus) =>
        NotFound($"Rule {name} does not exist on EventBus {bus}.");

    public static AwsException BusExists(string name) =>
        new("ResourceAlreadyExistsException", $"Event bus {name} already exists.");

    public static AwsException LimitExceeded() =>
        new("LimitExceededException", "The requested resource exceeds the maximum number allowed.");

    public static AwsException InvalidPattern(PatternException fault) =>
        new("InvalidEventPatternException", $"Event pattern is not valid. Reason: {fault.WithSource()}");

    public static AwsException PatternTooLong() => new("InvalidEventPatternException",
        $"Event pattern is not valid. Reason: It is longer than {EventBridgeLimits.MaxPatternLength} characters.");

    /// <summary>An event that a service delivers to a bus lacks what an entry of PutEvents must have.</summary>
    public static AwsException InvalidEntry(string code, string message) => new(code, message);

    /// <summary>More deliveries wait than this host holds.</summary>
    public static AwsException Throttled() => new("ThrottlingException", "Rate exceeded", 429);

    private static AwsException NotFound(string message) => new("ResourceNotFoundException", message);
}
