using System.Xml;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sts.Operations;

/// <summary>Returns the account, user id and ARN behind the caller's credentials.</summary>
/// <remarks>Source: AWS STS API Reference, GetCallerIdentity. A key that no
/// function has belongs to the account's root here.</remarks>
internal static class GetCallerIdentity
{
    /// <exception cref="AwsException">MissingAuthenticationToken: the request is not signed.</exception>
    public static void Handle(QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        parameters.RefuseOthers();
        if (!scope.IsSigned) throw StsErrors.MissingAuthenticationToken();
        result.WriteElementString("Arn", scope.Principal.Name);
        result.WriteElementString("UserId", scope.Principal.UserId);
        result.WriteElementString("Account", scope.AccountId);
    }
}
