using System.Text;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

public sealed class PayloadTests
{
    [Fact]
    public async Task No_payload_is_an_empty_object_to_the_function()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        Assert.Equal("{}", (await lambda.InvokeAsync("echo", "")).Body);
    }

    [Theory]
    [InlineData("RequestResponse", LambdaLimits.MaxSynchronousPayloadBytes, 200)]
    [InlineData("Event", LambdaLimits.MaxAsynchronousPayloadBytes, 202)]
    [Claim("B1")]
    public async Task A_payload_may_be_as_large_as_its_invocation_type_takes(string type, int limit, int status)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var payload = Json(limit);

        var answer = await lambda.InvokeAsync("echo", payload, ("X-Amz-Invocation-Type", type));
        var over = await lambda.InvokeAsync("echo", payload + " ", ("X-Amz-Invocation-Type", type));

        Assert.Equal(status, answer.Status);
        if (status == 200) Assert.Equal(payload, answer.Body);
        Assert.Equal(413, over.Status);
        Assert.Equal("RequestTooLargeException", over.Header("x-amzn-ErrorType"));
        Assert.Equal($"{limit + 1} byte payload is too large for the {type} invocation type (limit {limit} bytes)",
            (string?)over.Json["message"]);
    }

    [Fact]
    public async Task A_payload_without_a_length_is_taken_up_to_the_same_limit()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var payload = Json(LambdaLimits.MaxSynchronousPayloadBytes);

        var answer = await SendChunkedAsync(lambda, payload);
        var over = await SendChunkedAsync(lambda, payload + new string(' ', 100_000));

        Assert.Equal(200, answer.Status);
        Assert.Equal(payload.Length, answer.Body.Length);
        Assert.Equal("RequestTooLargeException", over.Header("x-amzn-ErrorType"));
    }

    [Theory]
    [InlineData("{", 1, 2)]
    [InlineData("nope", 1, 2)]
    [InlineData("{\"a\":1}\n]", 2, 1)]
    [Claim("B1")]
    public void What_is_no_JSON_is_refused_with_AWSs_words(string text, int line, int column)
    {
        var error = Assert.Throws<AwsException>(() => InvocationPayload.Validate(Encoding.UTF8.GetBytes(text)));

        Assert.Equal("InvalidRequestContentException", error.Code);
        Assert.StartsWith("Could not parse request body into json: Could not parse payload into json: ", error.Message);
        Assert.EndsWith($"line: {line}, column: {column}]", error.Message);
    }

    [Fact]
    public void A_byte_that_is_no_UTF8_is_named()
    {
        // Recorded against AWS: the body begins with these bytes, and this was the answer.
        byte[] body = [(byte)'n', 0x87, (byte)'r', 0x9E];

        var error = Assert.Throws<AwsException>(() => InvocationPayload.Validate(body));

        Assert.Equal("Could not parse request body into json: Could not parse payload into json: Invalid UTF-8 start "
            + "byte 0x87\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, "
            + "column: 3]", error.Message);
    }

    [Fact]
    public void JSON_may_nest_a_thousand_deep_and_no_deeper()
    {
        static byte[] Nested(int depth) => Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth));

        InvocationPayload.Validate(Nested(LambdaLimits.MaxJsonDepth));
        Assert.Throws<AwsException>(() => InvocationPayload.Validate(Nested(LambdaLimits.MaxJsonDepth + 1)));
    }

    private static string Json(int bytes) => '"' + new string('a', bytes - 2) + '"';

    private static Task<LambdaAnswer> SendChunkedAsync(LambdaOnPortZero lambda, string payload) => lambda.SendAsync(
        HttpMethod.Post, "/2015-03-31/functions/echo/invocations", new Unmeasured(Encoding.UTF8.GetBytes(payload)));

    private sealed class Unmeasured(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
