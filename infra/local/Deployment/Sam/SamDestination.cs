using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>A type that a destination of a SAM function's asynchronous invocation may have.</summary>
/// <param name="Type">For example <c>SQS</c>.</param>
/// <param name="Allow">What the function's role must allow, for the destination's ARN.</param>
internal sealed record SamDestination(string Type, Func<NodeBuilder, TemplateNode, TemplateSequence> Allow)
{
    /// <summary>What SAM calls the policy by; the type unless said otherwise.</summary>
    public string Label { get; init; } = Type;

    /// <summary>What SAM makes for a destination that names no resource; null when it must name one.</summary>
    public SamMadeDestination? Made { get; init; }

    /// <summary>
    /// The action that a function's role must allow when this is its dead-letter queue; null when it can't be one.
    /// </summary>
    public string? DeadLetterAction { get; init; }

    /// <summary>One statement of a policy.</summary>
    public static TemplateMapping Statement(NodeBuilder at, string action, TemplateNode resource) =>
        at.Map(("Action", at.Text(action)), ("Effect", at.Text("Allow")), ("Resource", resource));
}

/// <summary>A resource that SAM makes for a destination.</summary>
/// <param name="Suffix">What its logical id ends with.</param>
/// <param name="ResourceType">Without properties.</param>
/// <param name="Attribute">The attribute with its ARN; null when <c>Ref</c> gives that.</param>
internal sealed record SamMadeDestination(string Suffix, string ResourceType, string? Attribute);
