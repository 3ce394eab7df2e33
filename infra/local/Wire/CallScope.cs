namespace Isobar.Local.Wire;

/// <summary>
/// Who calls which service in which Region: read from the SigV4 credential scope before a service gets the request.
/// </summary>
/// <param name="RequestId">The id that the response carries and that logs can be searched for.</param>
/// <param name="AccessKey">The caller's access key id; empty for an unsigned request.</param>
/// <param name="Region">The region that the caller signed for.</param>
/// <param name="AccountId">Twelve digits: the host has one account.</param>
internal sealed record CallScope(string RequestId, string AccessKey, string Region, string AccountId)
{
    public bool IsSigned => AccessKey.Length > 0;

    /// <summary>The service that is called, as in ARNs and actions: <c>sqs</c>.</summary>
    public string Service { get; init; } = "";

    /// <summary>Whose access key it is.</summary>
    public Principal Principal => IsSigned ? Keys.Find(AccessKey) : Principal.Anonymous;

    /// <summary>Tells whose an access key is.</summary>
    public required AccessKeys Keys { get; init; }

    /// <summary>Scheme and authority as the caller wrote them: the start of URLs in responses.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The caller's X-Ray trace header, which messages keep; null without one.</summary>
    /// <remarks>Source: AWS X-Ray Developer Guide, "Tracing header"; the SDKs send it from within functions.</remarks>
    public string? TraceHeader { get; init; }

    /// <summary>Cancelled when the caller closes the connection, so that a long poll can end.</summary>
    public CancellationToken Aborted { get; init; }

    /// <summary>Notes what the call does and what AWS charges for it.</summary>
    public CallMeter Meter { get; } = new();

    /// <summary>Decides about calls; null when every call is allowed.</summary>
    public IRequestGate? Gate { get; init; }

    /// <summary>An action of the called service on one of its resources, in the caller's Region and account.</summary>
    /// <param name="action">Without the service: <c>SendMessage</c>.</param>
    /// <param name="resource">The last part of the ARN; a whole ARN stays as it is.</param>
    public ResourceAction On(string action, string resource) => new(
        $"{Service}:{action}",
        resource.StartsWith("arn:", StringComparison.Ordinal)
            ? resource
            : $"arn:aws:{Service}:{Region}:{AccountId}:{resource}");

    /// <summary>An action of the called service that has no resource.</summary>
    public ResourceAction OnAny(string action) => new($"{Service}:{action}", "*");

    /// <summary>Asks the gate whether the call may run; without a gate it may.</summary>
    /// <param name="action">What the operation does when it declares no actions.</param>
    /// <param name="actions">The actions that a request stands for; null when they have no resource.</param>
    /// <exception cref="AwsException">The gate refuses the call.</exception>
    public void Authorize<TRequest>(
        string action, TRequest request, Func<TRequest, CallScope, IEnumerable<ResourceAction>>? actions)
    {
        Meter.Operation = action;
        if (Gate is null) return;
        ResourceAction[] wanted = [.. actions?.Invoke(request, this) ?? []];
        Gate.Check(new AuthorizationRequest(
            RequestId, Principal, Region, wanted.Length > 0 ? wanted : [OnAny(action)]));
    }
}
