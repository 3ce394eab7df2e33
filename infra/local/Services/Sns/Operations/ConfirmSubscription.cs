using System.Xml;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>
/// Confirms nothing: functions and queues are confirmed as they subscribe, so there are no tokens.
/// </summary>
/// <remarks>Source: Amazon SNS API Reference, ConfirmSubscription; recorded: the token is looked at first.</remarks>
internal static class ConfirmSubscription
{
    /// <exception cref="AwsException">InvalidParameter, always.</exception>
    public static void Handle(QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var arn = parameters.Text("TopicArn");
        var token = parameters.Text("Token");
        parameters.Optional("AuthenticateOnUnsubscribe");
        parameters.RefuseOthers();
        Arns.Topic(arn, "TopicArn", scope.Region);
        if (token is null) throw SnsErrors.MemberIsNull("token");
        throw token.Length == SnsLimits.ConfirmationTokenLength && token.All(char.IsAsciiHexDigit)
            ? SnsErrors.InvalidParameter("Token")
            : SnsErrors.InvalidToken();
    }
}
