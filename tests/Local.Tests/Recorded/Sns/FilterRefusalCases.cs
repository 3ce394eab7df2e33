namespace Isobar.Local.Tests.Recorded.Sns;

/// <summary>Filter policies that are refused, with the place that AWS names where it names one.</summary>
public sealed class FilterRefusalCases : SnsRecordedTest
{
    private const string Invalid = "400 InvalidParameter: Invalid parameter: ";

    [Theory]
    [InlineData("""{"key":[["value"]]}""", "Match value must be String, number, true, false, or null", 10)]
    [InlineData("""{"key":[{"wrong-operator":true}]}""", "Unrecognized match type wrong-operator", 31)]
    [InlineData("""{"key":[{"suffix":"value","prefix":"value2"}]}""", "Only one key allowed in match expression", 37)]
    [RecordedCase("sns: test_validate_policy")]
    public Task A_condition_is_a_value_or_one_operator(string policy, string reason, int column) =>
        RefusedAsync(policy, reason, column);

    [Theory]
    [InlineData("""{"key":[]}""", "Empty arrays are not allowed", 10)]
    [InlineData("""{"key":[{"suffix":100}]}""", "suffix match pattern must be a string", 22)]
    [InlineData("""{"key":[{"suffix":null}]}""", "suffix match pattern must be a string", 23)]
    [InlineData("""{"key":{"suffix":"value"}}""", "\"suffix\" must be an object or an array", 19)]
    [InlineData("""{"key":[{"suffix":[]}]}""", "suffix match pattern must be a string", 20)]
    [InlineData("""{"key":[{"suffix":["test","test2"]}]}""", "suffix match pattern must be a string", 20)]
    [InlineData(
        """{"key":{"suffix":"value","prefix":"value"}}""", "\"suffix\" must be an object or an array", 19)]
    [InlineData(
        """{"key":{"not-an-operator":"value"}}""", "\"not-an-operator\" must be an object or an array", 28)]
    [InlineData("""{"key":[{"cidr":["bad-filter"]}]}""", "prefix match pattern must be a string", 18)]
    [InlineData("""{"key":[{"cidr":"bad-filter"}]}""", "Malformed CIDR, one '/' required", 0)]
    [InlineData("""{"key":[{"cidr":"bad-filter/64"}]}""", "Nonstandard IP address: bad-filter", 0)]
    [InlineData("""{"key":[{"cidr":"bad-/64filter"}]}""", "Malformed CIDR, mask bits must be an integer", 0)]
    [InlineData("""{"key":[{"cidr":"xx.11.xx/8"}]}""", "Nonstandard IP address: xx.11.xx", 0)]
    [InlineData(
        """{"key":[{"cidr":"xxxx:db8:1234:1a00::/64"}]}""", "Nonstandard IP address: xxxx:db8:1234:1a00::", 0)]
    [RecordedCase("sns: test_validate_policy_string_operators")]
    public Task An_operator_of_texts_has_a_text(string policy, string reason, int column) =>
        RefusedAsync(policy, reason, column);

    [Theory]
    [InlineData("""{"key":[{"numeric":[]}]}""", "Invalid member in numeric match: ]", 22)]
    [InlineData("""{"key":[{"numeric":["operator"]}]}""", "Unrecognized numeric range operator: operator", 32)]
    [InlineData("""{"key":[{"numeric":[1,"<="]}]}""", "Invalid member in numeric match: 1", 22)]
    [InlineData("""{"key":[{"numeric":["=","000"]}]}""", "Value of equals must be numeric", 26)]
    [InlineData("""{"key":[{"numeric":[">="]}]}""", "Value of >= must be numeric", 26)]
    [InlineData("""{"key":[{"numeric":["<",100,">",10]}]}""", "Too many elements in numeric expression", 30)]
    [InlineData("""{"key":[{"numeric":[">=",1,">",2]}]}""", "Bad numeric range operator: >", 31)]
    [InlineData("""{"key":[{"numeric":[">",3,"<",1]}]}""", "Bottom must be less than top", 33)]
    [InlineData("""{"key":[{"numeric":[">",20,"<="]}]}""", "Value of <= must be numeric", 33)]
    [InlineData("""{"key":[{"numeric":[">",20,30]}]}""", "Bad value in numeric range: 30", 30)]
    [InlineData("""{"key":[{"numeric":[">",20,"test"]}]}""", "Bad numeric range operator: test", 34)]
    [InlineData("""{"key":[{"numeric":[">","20","<","30"]}]}""", "Value of > must be numeric", 26)]
    [InlineData("""{"key":[{"numeric":[">",20,"<","30"]}]}""", "Value of < must be numeric", 33)]
    [InlineData(
        """{"key":[{"numeric":[">",20,"<",30,"<",50]}]}""", "Too many terms in numeric range expression", 36)]
    [RecordedCase("sns: test_validate_policy_numeric_operator")]
    public Task A_numeric_operator_has_one_bound_or_two(string policy, string reason, int column) =>
        RefusedAsync(policy, reason, column);

    [Theory]
    [InlineData("""{"key":[{"exists":null}]}""", 23)]
    [InlineData("""{"key":[{"exists":"no"}]}""", 20)]
    [RecordedCase("sns: test_validate_policy_exists_operator")]
    public Task Exists_is_true_or_false(string policy, int column) =>
        RefusedAsync(policy, "exists match pattern must be either true or false.", column);

    [Theory]
    [InlineData("""{"key":[{"anything-but":{"wrong-operator":null}}]}""",
        "Unsupported anything-but pattern: wrong-operator", 47)]
    [InlineData(
        """{"key":[{"anything-but":{"suffix":"test"}}]}""", "Unsupported anything-but pattern: suffix", 36)]
    [InlineData(
        """{"key":[{"anything-but":{"exists":false}}]}""", "Unsupported anything-but pattern: exists", 40)]
    [InlineData("""{"key":[{"anything-but":{"prefix":false}}]}""", "prefix match pattern must be a string", 40)]
    [RecordedCase("sns: test_validate_policy_nested_anything_but_operator")]
    public Task Anything_but_goes_with_a_prefix_only(string policy, string reason, int column) =>
        RefusedAsync(policy, reason, column);

    [Theory]
    [InlineData("Filter policy is too complex", 151)]
    [InlineData("Filter policy is too complex", 100, 51)]
    [InlineData("Filter policy can not have more than 5 keys", 1, 1, 1, 1, 1, 1)]
    [RecordedCase("sns: test_policy_complexity")]
    public Task A_policy_has_5_keys_and_150_combinations_at_most(string reason, params int[] values) =>
        RefusedAsync($$"""{ {{string.Join(',', values.Select((count, i) => Key(i, count)))}} }""", reason, 0);

    [Theory]
    [InlineData("MessageAttributes", """
        {"a":[1,2,3,4],"$or":[{"b":[1,2,3,4,5,6]},{"c":[1,2,3,4],"$or":[{"d":[1,2,3,4]},{"e":[1,2,3,4]}]}]}
        """)]
    [InlineData("MessageBody", """
        {"$or":[{"a":[1,2,3]},{"b":[1,2]}],"c":{"d":[1,2],"$or":[{"e":[1]},{"f":[1,2,3]}]}}
        """)]
    [RecordedCase("sns: test_policy_complexity_with_or")]
    public async Task Alternatives_count_as_often_as_they_combine(string scope, string policy)
    {
        await TopicAsync();
        var answer = await SubscribeAsync(
            QueueArn("queue"), ("FilterPolicyScope", scope), ("FilterPolicy", policy.Trim()));
        Assert.Equal($"{Invalid}Attributes Reason: FilterPolicy: Filter policy is too complex", answer.Error);
        (await SubscribeAsync(QueueArn("queue"), ("FilterPolicy", """
            {"a":[1,2,3],"$or":[{"b":[1,2,3,4,5,6]},{"c":[1,2,3,4],"$or":[{"d":[1,2,3,4]},{"e":[1,2,3,4,5,6,7]}]}]}
            """.Trim()))).Ok();
    }

    [Theory]
    [InlineData("""
        {"key_a":{"key_b":{"key_c":["1","2","3","4"]}},"key_d":{"key_e":["1","2","3"]},"key_f":["1","2","3"]}
        """, "Filter policy is too complex", 0)]
    [InlineData("""{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}""",
        "Filter policy can not have more than 5 keys", 0)]
    [InlineData("""{"key_a":"value_one"}""", "\"key_a\" must be an object or an array", 11)]
    [RecordedCase("sns: test_sub_filter_policy_nested_property_constraints")]
    public async Task A_value_counts_as_often_as_it_is_deep_in_a_policy_of_bodies(
        string policy, string reason, int column)
    {
        await TopicAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"), ("FilterPolicyScope", "MessageBody"));
        var text = policy.Trim();
        Assert.Equal($"{Invalid}FilterPolicy: {reason}{Place(text, column)}",
            (await SetAsync(subscription, "FilterPolicy", text)).Error);
    }

    private static string Key(int number, int values) =>
        $"\"key{number}\":[{string.Join(',', Enumerable.Range(0, values).Select(i => $"\"value{i}\""))}]";

    private static string Place(string policy, int column) =>
        column == 0 ? "" : $"\n at [Source: (String)\"{policy}\"; line: 1, column: {column}]";

    private async Task RefusedAsync(string policy, string reason, int column)
    {
        await TopicAsync();
        var answer = await SubscribeAsync(QueueArn("queue"), ("FilterPolicy", policy));
        Assert.Equal($"{Invalid}Attributes Reason: FilterPolicy: {reason}{Place(policy, column)}", answer.Error);
    }
}
