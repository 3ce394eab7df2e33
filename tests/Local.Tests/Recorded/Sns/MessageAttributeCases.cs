namespace Isobar.Local.Tests.Recorded.Sns;

public sealed class MessageAttributeCases : SnsRecordedTest
{
    private const string NotSupported =
        "400 ParameterValueInvalid: The message attribute 'attr1' has an invalid message attribute type, the set of "
        + "supported type prefixes is Binary, Number, and String.";

    private const string Empty =
        "400 ParameterValueInvalid: The message attribute 'attr1' must contain non-empty message attribute value for "
        + "message attribute type ";

    private const string Uses = "400 ParameterValueInvalid: The message attribute 'attr1' with type ";

    [Theory]
    [InlineData("attr1", "String", "", null, $"{Empty}'String'.")]
    [InlineData("attr1", "String", null, null, $"{Empty}'String'.")]
    [InlineData("attr1", null, "value", null,
        "400 ValidationError: 1 validation error detected: Value null at "
        + "'PLACEmessageAttributes.attr1.member.dataType' failed to satisfy constraint: Member must not be null")]
    [InlineData("attr1", "Binary", null, "", $"{Empty}'Binary'.")]
    [InlineData("attr1", "String", null, "MTIz", $"{Uses}'String' must use field 'String'.")]
    [InlineData("attr1", "Number", null, "MTIz", $"{Uses}'Number' must use field 'String'.")]
    [InlineData("attr1", "Binary", "123", null, $"{Uses}'Binary' must use field 'Binary'.")]
    [InlineData("attr1", "InvalidType", "123", null, NotSupported)]
    [InlineData("a^*?", "String", "123", null,
        "400 ParameterValueInvalid: Invalid non-alphanumeric character '#x5E' was found in the message attribute name. "
        + "Can only include alphanumeric characters, hyphens, underscores, or dots.")]
    [InlineData(".abc", "String", "123", null,
        "400 ParameterValueInvalid: Invalid message attribute name starting with character '.' was found.")]
    [InlineData("abc.", "String", "123", null,
        "400 ParameterValueInvalid: Invalid message attribute name ending with character '.' was found.")]
    [InlineData("a..bc", "String", "123", null,
        "400 ParameterValueInvalid: Message attribute name can not have successive '.' character.")]
    [InlineData("LONG", "String", "123", null,
        "400 ParameterValueInvalid: Length of message attribute name must be less than 256 bytes.")]
    [RecordedCase("sns: test_empty_or_wrong_message_attributes")]
    public async Task A_bad_attribute_is_told_alike_alone_and_in_a_batch(
        string name, string? type, string? text, string? base64, string error)
    {
        await TopicAsync();
        if (name == "LONG") name = new string('a', 257);
        var alone = await PublishAsync("m", Attribute(name, type, text, base64));
        Assert.Equal(error.Replace("PLACE", "", StringComparison.Ordinal), alone.Error);
        const string entry = "PublishBatchRequestEntries.member.1.";
        var batch = await SnsAsync("PublishBatch",
        [
            ("TopicArn", Topic), ($"{entry}Id", "1"), ($"{entry}Message", "m"),
            .. Attribute(name, type, text, base64, entry: entry),
            ("PublishBatchRequestEntries.member.2.Id", "3"), ("PublishBatchRequestEntries.member.2.Message", "m"),
        ]);
        Assert.Equal(
            error.Replace("PLACE", "publishBatchRequestEntries.1.member.", StringComparison.Ordinal), batch.Error);
    }

    [Theory]
    [InlineData("String.", NotSupported)]
    [InlineData("Stringprefixed", NotSupported)]
    [InlineData("String.prefixed", """{"MessageId":"<id>"}""")]
    [InlineData("String.  prefixed.", """{"MessageId":"<id>"}""")]
    [RecordedCase("sns: test_message_attributes_prefixes")]
    public async Task A_type_may_have_a_label_behind_a_dot(string type, string expected)
    {
        await TopicAsync();
        var answer = await PublishAsync("m", Attribute("attr1", type, "text"));
        Assert.Equal(expected, answer.Status == 200 ? answer.Text : answer.Error);
    }
}
