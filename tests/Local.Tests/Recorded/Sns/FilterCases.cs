namespace Isobar.Local.Tests.Recorded.Sns;

public sealed class FilterCases : SnsRecordedTest
{
    private const string Scope = "FilterPolicyScope";
    private const string Policy = "FilterPolicy";

    [Fact]
    [RecordedCase("sns: test_set_subscription_filter_policy_scope")]
    public async Task The_scope_shows_once_there_is_a_policy()
    {
        await TopicAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"));
        Assert.Equal(Attributes(QueueArn("queue")), await AttributesAsync(subscription));
        (await SetAsync(subscription, Scope, "MessageBody")).Ok();
        Assert.Equal(Attributes(QueueArn("queue")), await AttributesAsync(subscription));
        Assert.Equal(
            "400 InvalidParameter: Invalid parameter: FilterPolicyScope: Invalid value [RandomValue]. Please use "
            + "either MessageBody or MessageAttributes", (await SetAsync(subscription, Scope, "RandomValue")).Error);
        (await SetAsync(subscription, Policy, """{"attr":["match-this"]}""")).Ok();
        Assert.Equal(Shown("""{"attr":["match-this"]}""", "MessageBody"), await AttributesAsync(subscription));
    }

    [Fact]
    [RecordedCase("sns: test_sub_filter_policy_nested_property")]
    public async Task A_nested_policy_is_for_bodies()
    {
        const string policy = """{"object":{"key":[{"prefix":"auto-"}]}}""";
        await TopicAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"));
        Assert.Equal(
            "400 InvalidParameter: Invalid parameter: Filter policy scope MessageAttributes does not support nested "
            + "filter policy", (await SetAsync(subscription, Policy, policy)).Error);
        (await SetAsync(subscription, Scope, "MessageBody")).Ok();
        (await SetAsync(subscription, Policy, policy)).Ok();
        Assert.Equal(Shown(policy, "MessageBody"), await AttributesAsync(subscription));
    }

    [Fact]
    [RecordedCase("sns: test_filter_policy")]
    public async Task A_number_passes_its_range_and_a_missing_attribute_is_not_null()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"));
        const string range = """{"attr1":[{"numeric":[">",0,"<=",100]}]}""";
        (await SetAsync(subscription, Policy, range)).Ok();
        Assert.Equal(Shown(range, "MessageAttributes"), await AttributesAsync(subscription));
        (await PublishAsync("99", Attribute("attr1", "Number", "99"))).Ok();
        Assert.Equal(Envelope("99", attributes: """{"attr1":{"Type":"Number","Value":"99"} }"""),
            await TakeEnvelopeAsync(queue));
        (await PublishAsync("111", Attribute("attr1", "Number", "111"))).Ok();
        Assert.Empty(await TakeAsync(queue));

        const string absent = """{"attr1":[null,{"anything-but":"whatever"}]}""";
        (await SetAsync(subscription, Policy, absent)).Ok();
        Assert.Equal(Shown(absent, "MessageAttributes"), await AttributesAsync(subscription));
        (await PublishAsync("without")).Ok();
        Assert.Empty(await TakeAsync(queue));
        (await SetAsync(subscription, Policy, "")).Ok();
        Assert.Equal(Attributes(QueueArn("queue")), await AttributesAsync(subscription));
        (await PublishAsync("without")).Ok();
        Assert.Equal(Envelope("without"), await TakeEnvelopeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_exists_filter_policy")]
    public async Task An_attribute_is_asked_to_be_there_or_not()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"));
        foreach (var (exists, passes) in new[] { ("true", "with"), ("false", "without") })
        {
            var policy = $$"""{"store":[{"exists":{{exists}}}]}""";
            (await SetAsync(subscription, Policy, policy)).Ok();
            Assert.Equal(Shown(policy, "MessageAttributes"), await AttributesAsync(subscription));
            (await PublishAsync("with", Attribute("store", "Number", "99"))).Ok();
            (await PublishAsync("without", Attribute("def", "Number", "99"))).Ok();
            Assert.Equal(Envelope(passes, attributes: passes == "with"
                    ? """{"store":{"Type":"Number","Value":"99"} }"""
                    : """{"def":{"Type":"Number","Value":"99"} }"""),
                await TakeEnvelopeAsync(queue));
        }
    }

    [Fact]
    [RecordedCase("sns: test_exists_filter_policy_attributes_array")]
    public async Task One_member_of_an_array_passes_for_all()
    {
        const string policy = """{"store":["value1"]}""";
        await TopicAsync();
        var queue = await QueueAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"), ("RawMessageDelivery", "true"), (Policy, policy));
        Assert.Equal(Shown(policy, "MessageAttributes", raw: true), await AttributesAsync(subscription));
        (await PublishAsync("text", Attribute("store", "String", "value1"))).Ok();
        (await PublishAsync("array", Attribute("store", "String.Array", """["value1","value2"]"""))).Ok();
        (await PublishAsync("other", Attribute("store", "String.Array", """["value3","value2"]"""))).Ok();
        Assert.Equal(
            [
                Message(Quote("array"), """
                    {"store":{"DataType":"String.Array","StringValue":"[\"value1\",\"value2\"]"} }
                    """, "c4b2c667d64333b77ba45d2618317d88"),
                Message(Quote("text"), """{"store":{"DataType":"String","StringValue":"value1"} }""",
                    "f39116b6975a60ae175d5f7f8635e30f"),
            ],
            await TakeAsync(queue));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [RecordedCase("sns: test_filter_policy_on_message_body")]
    public async Task A_body_passes_by_a_member_within_it(bool raw)
    {
        var queue = await FilteredByBodyAsync("""{"object":{"key":[{"prefix":"auto-"},"hardcodedvalue"]}}""", raw);
        foreach (var key in new[] { "auto-test", "hardcodedvalue" })
        {
            var message = $$$"""{"object": {"key": "{{{key}}}"}}""";
            (await PublishAsync(message)).Ok();
            Assert.Equal([Message(raw ? Quote(message) : Envelope(message))], await TakeAsync(queue));
        }

        foreach (var message in new[] { """{"object": {"key": "test-auto"}}""", """{"object": {"test": 1}}""", "text" })
            (await PublishAsync(message)).Ok();
        Assert.Empty(await TakeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_filter_policy_on_message_body_dot_attribute")]
    public Task A_dot_in_a_policy_is_a_step_or_a_dot() => PassesAsync("""{"object.nested.test":["string.value"]}""",
        [
            """{"object.nested":{"test":"string.value"}}""", """{"object.nested.test":"string.value"}""",
            """{"object":{"nested.test":"string.value"}}""", """{"object":{"nested":{"test":"string.value"}}}""",
        ],
        ["""{"object":{"nested":{"test":"other"}}}"""]);

    [Fact]
    [RecordedCase("sns: test_filter_policy_on_message_body_array_attributes")]
    public Task One_member_of_an_array_in_a_body_passes_for_all() => PassesAsync(
        """{"headers":{"route-to":["queue1"]}}""",
        ["""{"headers":{"route-to":["queue1","queue2"]}}""", """{"headers":{"route-to":["queue1"]}}"""],
        ["""{"headers":{"route-to":["queue3"]}}""", """{"headers":{"route-to":["queue2"]}}"""]);

    [Fact]
    [RecordedCase("sns: test_filter_policy_on_message_body_array_of_object_attributes")]
    public Task Objects_in_arrays_of_a_body_are_searched_each_for_itself() => PassesAsync(
        """
        {"Records":{"s3":{"object":{"key":[{"prefix":"auto-"}]}},"eventName":[{"prefix":"ObjectCreated:"}]}}
        """,
        [
            """
            {"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":[[{"key":"auto-1.xml"}]]}},
            {"eventName":"ObjectRemoved:Delete","s3":{"object":{"key":"home-1.xml"}}}]}
            """,
            """{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"auto-1.xml"}}}]}""",
        ],
        [
            """{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"home-1.xml"}}}]}""",
            """
            {"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"home-1.xml"}}},
            {"eventName":"ObjectRemoved:Delete","s3":{"object":{"key":"auto-1.xml"}}}]}
            """,
        ]);

    [Fact]
    [RecordedCase("sns: test_filter_policy_on_message_body_or_attribute")]
    public Task Alternatives_hold_at_every_depth_of_a_body() => PassesAsync(
        """
        {"$or":[{"metricName":["CPU","Latency"]},{"namespace":["EC2","ES"]}],
        "detail":{"scope":["Service"],"$or":[{"source":["watch"]},{"type":["Change"]}]}}
        """,
        [
            """{"metricName":"CPU","detail":{"scope":"Service","source":"watch"}}""",
            """{"metricName":"CPU","detail":{"scope":"Service","type":"Change"}}""",
            """{"metricName":"Latency","detail":{"scope":"Service","source":"watch"}}""",
            """{"namespace":"EC2","detail":{"scope":"Service","source":"watch"}}""",
            """{"namespace":"ES","detail":{"scope":"Service","source":"watch"}}""",
        ],
        [
            """{"metricName":"CPU","detail":{"scope":"watch","type":"Change"}}""",
            """{"metricName":"CPU","detail":{"scope":"Service","type":"CPU"}}""",
            """{"metricName":"CPU","detail":{"type":"Change"}}""", """{"metricName":"CPU","scope":"Service"}""",
            """{"metricName":"EC2","detail":{"scope":"Service","type":"Change"}}""",
            """{"namespace":"CPU","detail":{"scope":"Service","type":"Change"}}""",
        ]);

    [Fact]
    [RecordedCase("sns: test_filter_policy_empty_array_payload")]
    public Task An_empty_array_beside_what_is_asked_for_does_not_matter() => PassesAsync(
        """{"detail":{"eventVersion":[""]}}""",
        ["""{"source":"aws.autoscaling","resources":[],"detail":{"eventVersion":"","responseElements":null}}"""], []);

    [Fact]
    [RecordedCase("sns: test_filter_policy_ip_address_condition")]
    public Task An_address_passes_by_its_network() => PassesAsync(
        """
        {"detail":{"$or":[{"ip":[{"cidr":"10.0.0.0/24"}]},{"ip6":[{"cidr":"2001:db8:1234:1a00::/64"}]}]}}
        """,
        [
            """{"detail":{"ip":"10.0.0.255"}}""",
            """{"detail":{"ip6":"2001:0db8:1234:1a00:0000:0000:0000:0000"}}""",
        ],
        [
            """{"detail":{"ip":"10.0.0.256"}}""",
            """{"detail":{"ip6":"2001:0db8:123f:1a01:0000:0000:0000:0000"}}""",
        ]);

    [Fact]
    [RecordedCase("sns: test_filter_policy_for_batch")]
    public async Task A_batch_is_filtered_entry_by_entry_and_for_each_subscriber()
    {
        const string policy = """{"attr1":[{"numeric":[">",0,"<=",100]}]}""";
        await TopicAsync();
        var (some, all) = (await QueueAsync("some"), await QueueAsync("all"));
        var filtered = await SubscribedAsync(QueueArn("some"), (Policy, policy));
        Assert.Equal(Shown(policy, "MessageAttributes", queue: "some"), await AttributesAsync(filtered));
        Assert.Equal(Attributes(QueueArn("all")), await AttributesAsync(await SubscribedAsync(QueueArn("all"))));
        Assert.Empty(await TakeAsync(all));
        Assert.Empty(await TakeAsync(some));
        foreach (var (id, number) in new[] { ("1", "99"), ("2", "111") })
        {
            const string entry = "PublishBatchRequestEntries.member.1.";
            (await SnsAsync("PublishBatch",
            [
                ("TopicArn", Topic), ($"{entry}Id", id), ($"{entry}Message", number),
                .. Attribute("attr1", "Number", number, entry: entry),
            ])).Ok();
            await QuietAsync();
            var envelope = Envelope(number, attributes: $$"""{"attr1":{"Type":"Number","Value":"{{number}}"} }""");
            Assert.Equal(envelope, await TakeEnvelopeAsync(all));
            if (number == "99") Assert.Equal(envelope, await TakeEnvelopeAsync(some));
            else Assert.Empty(await TakeAsync(some));
        }
    }

    private static string Shown(string policy, string scope, bool raw = false, string queue = "queue") => Attributes(
        QueueArn(queue), raw, before: $"\"FilterPolicy\":{Quote(policy)},\"FilterPolicyScope\":\"{scope}\",");

    private async Task<string> FilteredByBodyAsync(string policy, bool raw = true)
    {
        await TopicAsync();
        var queue = await QueueAsync();
        await SubscribedAsync(QueueArn("queue"), ("RawMessageDelivery", raw ? "true" : "false"),
            (Scope, "MessageBody"), (Policy, policy.ReplaceLineEndings("")));
        return queue;
    }

    private async Task PassesAsync(string policy, string[] passing, string[] others)
    {
        var queue = await FilteredByBodyAsync(policy);
        foreach (var message in (string[])[.. others, .. passing]) (await PublishAsync(message)).Ok();
        Assert.Equal(
            passing.Order(StringComparer.Ordinal).Select(message => Message(Quote(message))), await TakeAsync(queue));
    }
}
