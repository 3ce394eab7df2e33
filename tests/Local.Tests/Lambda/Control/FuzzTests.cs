using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

public sealed class FuzzTests
{
    // Not %00: Kestrel answers that itself, with a bare 400, before any service sees the request.
    private static readonly string[] Names =
    [
        "echo", "missing", "echo:$LATEST", "echo:1", "narrow", "a:b:c:d", "*", "%20", "%01", "%F0%9F%98%80", "..",
        "%2F",
        "arn:aws:lambda:us-east-1:000000000000:function:echo", "arn:aws:lambda:us-east-1:1:function:echo",
        "arn:aws:lambda:us-east-1:111111111111:function:echo", new string('n', 300), "function:echo:$LATEST:x",
    ];

    private static readonly string[] Tails =
    [
        "/invocations", "", "/", "/configuration", "/versions", "/invocations/", "/invocations?Qualifier=",
        "?Qualifier=x",
        "/invocations?Qualifier=%24LATEST&Qualifier=2", "/invocations?Qualifier=" + "%C3%A9", "?MaxItems=x&Marker=%01",
    ];

    private static readonly string[] HeaderNames =
    [
        "X-Amz-Invocation-Type", "X-Amz-Log-Type", "X-Amz-Client-Context", "X-Amzn-Trace-Id", "Content-Type", "X-Other",
    ];

    private static readonly string[] HeaderValues =
    [
        "RequestResponse", "Event", "DryRun", "Tail", "None", "e30=", "bnVsbA==", "=", "Root=1;Parent=;Sampled=?",
        "é\u00ff",
        "Root=1-65a1b2c3-0123456789abcdef01234567", new string('x', 5_000), "eyJhIjoxLCJhIjoyfQ==", "application/xml",
    ];

    [Fact]
    public async Task Whatever_is_sent_the_answer_has_AWSs_shape()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var seed = Seeds.Next();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var (method, path, body, headers) = (Method(random), Path(random), Body(random), Headers(random));
            var answer = await lambda.SendAsync(method, path, new ByteArrayContent(body), headers);

            var sent = $"seed {seed}, request {i}: {method} {path} {Convert.ToHexString(body)} "
                + $"{string.Join(' ', headers)} → {answer.Status} {answer.Body}";
            Assert.True(answer.Status is 200 or 202 or 204 or (>= 400 and < 500), sent);
            if (answer.Status < 400) continue;
            Assert.True(answer.Header("x-amzn-ErrorType") is { Length: > 0 }, sent);
            if (method != HttpMethod.Head) Assert.NotNull(answer.Json["message"] ?? answer.Json["Message"]);
        }

        Assert.DoesNotContain(lambda.World.Journal.After(0), entry => entry.Fact is RequestFaulted);
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static HttpMethod Method(Random random) => Pick(random,
        [HttpMethod.Post, HttpMethod.Post, HttpMethod.Post, HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete]);

    private static string Path(Random random) => random.Next(10) switch
    {
        0 => "/" + Pick(random, Names),
        1 => "/2015-03-31/event-source-mappings/" + Pick(random, [.. Names, "", "?FunctionName=%21", "?Marker=z"]),
        _ => "/2015-03-31/functions/" + Pick(random, Names) + Pick(random, Tails),
    };

    private static byte[] Body(Random random)
    {
        byte[] valid = Encoding.UTF8.GetBytes("""{"Records":[{"s":"é","n":[1,2.5e3,null,true]}]}""");
        if (random.Next(3) == 0) return valid;
        var bytes = random.Next(2) == 0 ? valid : new byte[random.Next(64)];
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Length > 0; changes--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static (string, string)[] Headers(Random random) =>
        [.. HeaderNames.Where(_ => random.Next(4) == 0).Select(name => (name, Pick(random, HeaderValues)))];
}
