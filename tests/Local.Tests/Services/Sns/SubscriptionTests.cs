namespace Isobar.Local.Tests.Services.Sns;

public sealed class SubscriptionTests
{
    private const string Invalid = "400 InvalidParameter Invalid parameter: ";
    private static readonly string Audit = SnsOnPortZero.QueueArn("audit");

    [Fact]
    public async Task A_subscription_is_shown_as_it_was_made()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var arn = await sns.SubscribeAsync(Audit, ("RawMessageDelivery", "true"), ("FilterPolicy", """{"k":["v"]}"""),
            ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{SnsOnPortZero.QueueArn("dead")}}"}"""));
        var shown = SnsOnPortZero.Attributes(await sns.OkAsync("GetSubscriptionAttributes", ("SubscriptionArn", arn)));
        Assert.Equal(
            [
                "ConfirmationWasAuthenticated", "Endpoint", "FilterPolicy", "FilterPolicyScope", "Owner",
                "PendingConfirmation", "Protocol", "RawMessageDelivery", "RedrivePolicy", "SubscriptionArn",
                "SubscriptionPrincipal", "TopicArn",
            ],
            shown.Keys);
        Assert.Equal(("""{"k":["v"]}""", "MessageAttributes", "true", Audit, arn), (shown["FilterPolicy"],
            shown["FilterPolicyScope"], shown["RawMessageDelivery"], shown["Endpoint"], shown["SubscriptionArn"]));
        Assert.StartsWith(SnsOnPortZero.TopicArn + ":", arn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribing_again_finds_the_subscription_unless_it_would_be_another()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var arn = await sns.SubscribeAsync(Audit, ("RawMessageDelivery", "true"));
        Assert.Equal(arn, await sns.SubscribeAsync(Audit));
        Assert.Equal(arn, await sns.SubscribeAsync(Audit, ("RawMessageDelivery", "true")));
        Assert.Equal(Invalid + "Attributes Reason: Subscription already exists with different attributes",
            await sns.ErrorAsync("Subscribe", Request(Audit, ("RawMessageDelivery", "false"))));
    }

    [Theory]
    [InlineData("email", "me@example.org", "Amazon SNS does not support this protocol string: email")]
    [InlineData("sqs", "http://127.0.0.1/000000000000/audit", "SQS endpoint ARN")]
    [InlineData("lambda", "arn:aws:sqs:us-east-1:000000000000:audit", "Lambda endpoint ARN")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:000000000000:a.fifo",
        "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics")]
    public async Task Functions_and_queues_can_subscribe(string protocol, string endpoint, string what)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal(Invalid + what, await sns.ErrorAsync(
            "Subscribe", ("TopicArn", SnsOnPortZero.TopicArn), ("Protocol", protocol), ("Endpoint", endpoint)));
    }

    [Theory]
    [InlineData("RawMessageDelivery", "maybe", "RawMessageDelivery: Invalid value [maybe]. Must be true or false.")]
    [InlineData("FilterPolicyScope", "Both",
        "FilterPolicyScope: Invalid value [Both]. Please use either MessageBody or MessageAttributes")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"nowhere"}""",
        "RedrivePolicy: deadLetterTargetArn is an invalid arn")]
    [InlineData("RedrivePolicy", "{invalid}",
        "RedrivePolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to "
            + "start field "
        + "name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]")]
    [InlineData("FilterPolicy", "invalid",
        "FilterPolicy: failed to parse JSON. Unrecognized token 'invalid': was expecting (JSON String, Number, "
            + "Array, Object or "
        + "token 'null', 'true' or 'false')\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` "
            + "disabled); "
        + "line: 1, column: 8]")]
    [InlineData("FilterPolicy", """{"k":"v"}""",
        "FilterPolicy: \"k\" must be an object or an array\n at [Source: (String)\"{\"k\":\"v\"}\"; line: 1, column: "
            + "7]")]
    [InlineData("FilterPolicy", """{"a":{"b":["v"]}}""",
        "Filter policy scope MessageAttributes does not support nested filter policy")]
    [InlineData("FilterPolicy", """{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}""",
        "FilterPolicy: Filter policy can not have more than 5 keys")]
    public async Task A_bad_attribute_is_refused_when_subscribing_and_later(string name, string value, string what)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal(
            $"{Invalid}Attributes Reason: {what}", await sns.ErrorAsync("Subscribe", Request(Audit, (name, value))));
        var arn = await sns.SubscribeAsync(Audit);
        Assert.Equal(Invalid + what, await sns.ErrorAsync("SetSubscriptionAttributes",
            ("SubscriptionArn", arn), ("AttributeName", name), ("AttributeValue", value)));
    }

    [Fact]
    public async Task A_filter_policy_has_150_combinations_at_most()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var twelve = $"[{string.Join(',', Enumerable.Range(0, 12))}]";
        await sns.SubscribeAsync(Audit, ("FilterPolicy", $$"""{"a":{{twelve}},"b":{{twelve}}}"""));
        Assert.Equal(Invalid + "Attributes Reason: FilterPolicy: Filter policy is too complex", await sns.ErrorAsync(
            "Subscribe", Request(SnsOnPortZero.QueueArn("b"),
                ("FilterPolicy", $$"""{"a":{{twelve}},"b":[0,1,2,3,4,5,6,7,8,9,10,11,12]}"""))));
        // Depth counts: 2 x 6 at the second level, twice, is 144; at the third it is 216.
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("c"), ("FilterPolicyScope", "MessageBody"),
            ("FilterPolicy", """{"a":{"b":[1,2,3,4,5,6]},"c":{"d":[1,2,3,4,5,6]}}"""));
        Assert.Contains("too complex", await sns.ErrorAsync("Subscribe", Request(SnsOnPortZero.QueueArn("d"),
            ("FilterPolicyScope", "MessageBody"),
            ("FilterPolicy", """{"a":{"b":{"e":[1,2,3,4,5,6]}},"c":{"d":[1,2,3,4,5,6]}}"""))));
    }

    [Fact]
    public async Task A_function_takes_no_raw_messages()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal(
            Invalid + "Attributes Reason: RawMessageDelivery: Delivery protocol [lambda] does not support raw message "
            + "delivery.", await sns.ErrorAsync(
                "Subscribe", Request(SnsOnPortZero.FunctionArn("F"), ("RawMessageDelivery", "true"))));
    }

    [Theory]
    [InlineData("", "SubscriptionArn Reason: no value for required parameter")]
    [InlineData("nonsense", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:alerts", "SubscriptionId")]
    public async Task A_bad_subscription_ARN_is_refused_and_an_unknown_one_has_ended(string arn, string what)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal(Invalid + what, await sns.ErrorAsync("Unsubscribe", ("SubscriptionArn", arn)));
        await sns.OkAsync("Unsubscribe", ("SubscriptionArn", $"{SnsOnPortZero.TopicArn}:{Guid.Empty}"));
    }

    [Fact]
    public async Task An_empty_value_removes_a_policy()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var arn = await sns.SubscribeAsync(Audit, ("FilterPolicy", """{"k":["v"]}"""));
        await sns.OkAsync("SetSubscriptionAttributes",
            ("SubscriptionArn", arn), ("AttributeName", "FilterPolicy"), ("AttributeValue", ""));
        var shown = SnsOnPortZero.Attributes(await sns.OkAsync("GetSubscriptionAttributes", ("SubscriptionArn", arn)));
        Assert.DoesNotContain("FilterPolicy", shown.Keys);
    }

    private static (string, string)[] Request(string endpoint, params (string Name, string Value)[] attributes) =>
    [
        ("TopicArn", SnsOnPortZero.TopicArn), ("Protocol", endpoint.Split(':')[2]), ("Endpoint", endpoint),
        .. attributes.SelectMany((attribute, i) => new[]
        {
            ($"Attributes.entry.{i + 1}.key", attribute.Name), ($"Attributes.entry.{i + 1}.value", attribute.Value),
        }),
    ];
}
