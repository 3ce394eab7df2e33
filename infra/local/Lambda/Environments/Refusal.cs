namespace Isobar.Local.Lambda.Environments;

/// <summary>How the Runtime and Extensions APIs refuse a call.</summary>
/// <remarks>Source of types, statuses and texts: the runtime interface emulator's <c>rendering</c> package.</remarks>
internal sealed record Refusal(string ErrorType, int Status, string Message)
{
    public static Refusal InvalidRequestId { get; } = new("InvalidRequestID", 400, "Invalid request ID");

    public static Refusal InvalidFunctionResponseMode { get; } =
        new("InvalidFunctionResponseMode", 400, "Invalid function response mode");

    public static Refusal TruncatedHttpRequest { get; } =
        new("TruncatedHTTPRequest", 400, "HTTP request detected as truncated");

    public static Refusal RequestEntityTooLarge { get; } =
        new("RequestEntityTooLarge", 413, "Exceeded maximum allowed payload size (6291556 bytes).");

    public static Refusal RegistrationClosed { get; } =
        new("Extension.RegistrationClosed", 403, "Extension registration closed already");

    public static Refusal TooManyExtensions { get; } =
        new("Extension.TooManyExtensions", 403, "Extension limit (10) reached");

    public static Refusal ShutdownForInternalExtension { get; } =
        new("Extension.InvalidEventType", 403, "SHUTDOWN: ShutdownEventNotSupportedForInternalExtension");

    public static Refusal ExtensionNameTaken { get; } =
        new("Extension.InvalidExtensionState", 403, "Extension with this name already registered");

    public static Refusal EmptyExtensionName { get; } =
        new("Extension.InvalidExtensionName", 403, "Empty extension name");

    public static Refusal MissingExtensionIdentifier { get; } =
        new("Extension.MissingExtensionIdentifier", 403, "Missing Lambda-Extension-Identifier header");

    public static Refusal InvalidExtensionIdentifier { get; } =
        new("Extension.InvalidExtensionIdentifier", 403, "Invalid Lambda-Extension-Identifier");

    public static Refusal UnknownExtension(Guid identifier) =>
        new("Extension.UnknownExtensionIdentifier", 403, $"Unknown extension {identifier}");

    public static Refusal MissingErrorType { get; } =
        new("Extension.MissingHeader", 403, "Lambda-Extension-Function-Error-Type not found");

    public static Refusal InvalidEventType(string name) =>
        new("Extension.InvalidEventType", 403, $"{name}: ErrorInvalidEventType");

    public static Refusal InvalidRequestFormat(string reason) => new("InvalidRequestFormat", 403, reason);

    public static Refusal InvalidStateTransition(Phase phase, Fact fact) => new(
        "InvalidStateTransition", 403,
        $"State transition from {NameOf(phase.Runtime.State)} to {TargetOf(fact)} failed for runtime. "
        + "Error: State transition is not allowed");

    public static Refusal InvalidExtensionState(Phase phase, ApiCall call) => new(
        "Extension.InvalidExtensionState", 403,
        $"State transition from {StateOfCaller(phase, call)} to {TargetOf(call)} failed for extension "
        + $"{NameOfCaller(call)}. Error: State transition is not allowed");

    private static string NameOf(RuntimeState state) =>
        state == RuntimeState.ResponseSent ? "RuntimeResponseSent" : state.ToString();

    private static string TargetOf(Fact fact) => fact switch
    {
        RuntimeNext or ExtensionNext => "Ready",
        RuntimeInitError or ExtensionFailed { During: ExtensionFault.Init } => "InitError",
        RuntimeResponse or RuntimeResponseFaulted => "InvocationResponse",
        RuntimeError => "InvocationErrorResponse",
        ExtensionRegistered => "Registered",
        ExtensionFailed => "ExitError",
        _ => fact.GetType().Name,
    };

    private static string StateOfCaller(Phase phase, ApiCall call) =>
        phase.Extensions.FirstOrDefault(extension => extension.Name == NameOfCaller(call))?.State.ToString()
        ?? "Started";

    private static string? NameOfCaller(ApiCall call) => call switch
    {
        ExtensionRegistered registered => registered.Name,
        ExtensionNext next => next.Name,
        ExtensionFailed failed => failed.Name,
        _ => null,
    };
}
