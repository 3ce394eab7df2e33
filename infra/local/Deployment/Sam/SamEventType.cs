namespace Isobar.Local.Deployment.Sam;

/// <summary>A type that entries of a SAM function's Events may have.</summary>
/// <param name="Type">For example <c>SQS</c>.</param>
/// <param name="Expand">Adds the resources that an entry stands for.</param>
internal sealed record SamEventType(string Type, Action<SamEvent> Expand)
{
    /// <summary>The ARN of the managed policy that the function's role gets; null when it needs none.</summary>
    public string? ManagedPolicy { get; init; }
}
