using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>A function whose asynchronous invocation is asked about, where it is looked for.</summary>
internal readonly record struct EventInvokeConfigTarget(FunctionReference Function, string Region, string AccountId)
{
    public const string Latest = "$LATEST";

    public string FunctionArn => (Function with { Qualifier = null }).Arn(Region, AccountId);

    /// <summary>With <c>$LATEST</c> where the caller gave no qualifier.</summary>
    public string QualifiedArn => (Function with { Qualifier = Function.Qualifier ?? Latest }).Arn(Region, AccountId);

    /// <summary>Reads the name in the path and the Qualifier in the query.</summary>
    /// <exception cref="AwsException">As <see cref="FunctionReference.Parse"/>.</exception>
    public static EventInvokeConfigTarget Of(RestRequest request, string action) => new(
        FunctionReference.Parse(request.Label, request.Query("Qualifier"), request.Scope, action),
        request.Scope.Region, request.Scope.AccountId);
}
