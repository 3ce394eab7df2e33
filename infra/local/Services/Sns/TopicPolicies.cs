using System.Text.Json.Nodes;

namespace Isobar.Local.Services.Sns;

/// <summary>
/// The policies that AWS gives every topic. They hold here too: the account's callers may do everything with its
/// topics, and there are no subscribers over HTTP, for whom the delivery policy is.
/// </summary>
/// <remarks>Source: Amazon SNS Developer Guide, "Default access policy" and "Creating an HTTP/S delivery policy";
/// values and order as LocalStack's tests recorded them from AWS.</remarks>
internal static class TopicPolicies
{
    private static readonly string[] Actions =
    [
        "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic", "Subscribe",
        "ListSubscriptionsByTopic", "Publish",
    ];

    /// <summary>The attribute <c>EffectiveDeliveryPolicy</c>.</summary>
    public static string Delivery { get; } = new JsonObject
    {
        ["http"] = new JsonObject
        {
            ["defaultHealthyRetryPolicy"] = new JsonObject
            {
                ["minDelayTarget"] = 20,
                ["maxDelayTarget"] = 20,
                ["numRetries"] = 3,
                ["numMaxDelayRetries"] = 0,
                ["numNoDelayRetries"] = 0,
                ["numMinDelayRetries"] = 0,
                ["backoffFunction"] = "linear",
            },
            ["disableSubscriptionOverrides"] = false,
            ["defaultRequestPolicy"] = new JsonObject { ["headerContentType"] = "text/plain; charset=UTF-8" },
        },
    }.ToJsonString();

    /// <summary>The attribute <c>Policy</c>.</summary>
    public static string Access(string topicArn, string accountId) => new JsonObject
    {
        ["Version"] = "2008-10-17",
        ["Id"] = "__default_policy_ID",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "__default_statement_ID",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = "*" },
            ["Action"] = new JsonArray([.. Actions.Select(action => (JsonNode)$"SNS:{action}")]),
            ["Resource"] = topicArn,
            ["Condition"] = new JsonObject
            {
                ["StringEquals"] = new JsonObject { ["AWS:SourceOwner"] = accountId },
            },
        }),
    }.ToJsonString();
}
