using System.Text;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Services.Sqs.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class AttributeTests
{
    // The digests are AWS's own answers, as LocalStack's authors recorded them (tests/aws/services/sqs).
    private static readonly Dictionary<string, MessageAttributeValue> Greeting = new()
    {
        ["Help.Me"] = Text("Me"), ["Hello"] = Text("There"), ["General"] = Text("Kenobi"),
    };

    [Theory]
    [InlineData("4c360f3fdafd970e05fae2f149d997f5", "All")]
    [InlineData("4c360f3fdafd970e05fae2f149d997f5", ".*")]
    [InlineData("fca026605781cb4126a1e9044df24232", "Hello", "General")]
    [InlineData("a311262e065454b75da111d535b8dacd", "Hello", "Foo")]
    [InlineData("83fee93c1bcd8b9a5a923ffacdc636c7", "Hel.*")]
    [InlineData(null, "Foo", "AWS.", "..foo")]
    public void The_digest_is_that_of_the_attributes_asked_for(string? digest, params string[] names)
    {
        var bytes = "msg"u8.ToArray();
        var content = new MessageContent("id", bytes, MessageDigest.Of(bytes), Greeting, "000000000000", null, 3);
        var message = new AttributeSelection([], names).Show(
            new ReceivedMessage(content, "handle", default, default, 1, null));

        Assert.Equal("6e2baaf3b97dbeef01c0043275f9a0e7", message.MD5OfBody);
        Assert.Equal(digest, message.MD5OfMessageAttributes);
        Assert.Equal(digest, MessageDigest.Of(message.MessageAttributes ?? []));
        Assert.Null(message.Attributes);
    }

    [Fact]
    public void A_binary_attribute_has_AWSs_digest()
    {
        var value = "traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"u8.ToArray();

        Assert.Equal("8cbe4db156db8a94db8b801b7addb984", MessageDigest.Of(
            new Dictionary<string, MessageAttributeValue> { ["attr1"] = new("Binary", null, value) }));
    }

    [Theory]
    [InlineData("String", "x", true)]
    [InlineData("String.my-label", "x", true)]
    [InlineData("Number", "-12.5e3", true)]
    [InlineData("Number", "12345678901234567890123456789012345678", true)]
    [InlineData("Number", "123456789012345678901234567890123456789", false)]
    [InlineData("Number", "1e127", false)]
    [InlineData("Number", "e1", false)]
    [InlineData("Number", ".", false)]
    [InlineData("Number", "1\n", false)]
    [InlineData("Number", "twelve", false)]
    [InlineData("String", "", false)]
    [InlineData("String", "\u0001", false)]
    [InlineData("Strings", "x", false)]
    [InlineData("Binary", "x", false)]
    [InlineData("", "x", false)]
    public void Types_and_values_are_held_to_AWSs_rules(string type, string value, bool accepted) =>
        Assert.Equal(accepted, Accepts(new() { ["Name"] = Text(value) with { DataType = type } }));

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b-c_1", true)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("a.", false)]
    [InlineData("a..b", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("AWS.Trace", false)]
    [InlineData("amazon.x", false)]
    [InlineData("awsome", true)]
    public void Names_are_held_to_AWSs_rules(string name, bool accepted) =>
        Assert.Equal(accepted, Accepts(new() { [name] = Text("x") }));

    [Fact]
    public void Ten_attributes_are_the_most() =>
        Assert.Equal([true, false], new[] { 10, 11 }.Select(count => Accepts(
            Enumerable.Range(0, count).ToDictionary(i => $"a{i}", MessageAttributeValue? (_) => Text("x")))));

    [Theory]
    [InlineData("plain\ttext\r\n", true)]
    [InlineData("\uFFFD \U0010FFFF \u0080", true)]
    [InlineData("\0", false)]
    [InlineData("\u001f", false)]
    [InlineData("\uFFFE", false)]
    [InlineData("\uFFFF", false)]
    public void Text_holds_the_characters_that_SQS_allows(string text, bool allowed) =>
        Assert.Equal(allowed, new Utf8Text(Encoding.UTF8.GetBytes(text)).IsAllowed);

    private static MessageAttributeValue Text(string value) =>
        new("String", new Utf8Text(Encoding.UTF8.GetBytes(value)));

    private static bool Accepts(Dictionary<string, MessageAttributeValue?> attributes)
    {
        try
        {
            MessageAttributeRules.Check(attributes);
            return true;
        }
        catch (AwsException)
        {
            return false;
        }
    }
}
