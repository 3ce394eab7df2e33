namespace Isobar.Local.Wire;

/// <summary>One action on one resource.</summary>
/// <param name="Action">As IAM spells it: <c>sqs:SendMessage</c>.</param>
/// <param name="Resource">An ARN, which may end in a wildcard; <c>*</c> for an action that has no resource.</param>
internal readonly record struct ResourceAction(string Action, string Resource);

/// <summary>A call whose operation has not run yet, as authorization sees it.</summary>
/// <param name="RequestId">The id that the response carries.</param>
/// <param name="Region">The Region that the caller signed for.</param>
/// <param name="Actions">What the operation would do, at least one; a transaction does several things.</param>
internal sealed record AuthorizationRequest(
    string RequestId, Principal Principal, string Region, IReadOnlyList<ResourceAction> Actions);

/// <summary>Decides whether a call may run. A host without a gate allows every call.</summary>
internal interface IRequestGate
{
    /// <summary>Called when a request has been read and before its operation runs.</summary>
    /// <exception cref="AwsException">The call is refused; nothing has changed.</exception>
    void Check(AuthorizationRequest request);
}
