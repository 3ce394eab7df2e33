using System.Net.Http.Headers;
using System.Xml.Linq;
using Isobar.Local.Services;
using Isobar.Local.Services.Sns;

namespace Isobar.Local.Tests.Services.Sns;

/// <summary>SNS on a free port, requests to it as forms, and functions and queues that hear of messages.</summary>
internal sealed class SnsOnPortZero : IAsyncDisposable
{
    public const string TopicArn = "arn:aws:sns:us-east-1:000000000000:alerts";

    private static readonly XNamespace Ns = "http://sns.amazonaws.com/doc/2010-03-31/";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private SnsOnPortZero(ModuleOnPortZero host, SnsModule module, StubTarget functions, StubTarget queues)
    {
        this.host = host;
        Module = module;
        Functions = functions;
        Queues = queues;
    }

    public SnsModule Module { get; }

    public StubTarget Functions { get; }

    public StubTarget Queues { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    public static string FunctionArn(string name) => $"arn:aws:lambda:us-east-1:000000000000:function:{name}";

    public static string QueueArn(string name) => $"arn:aws:sqs:us-east-1:000000000000:{name}";

    public static async Task<SnsOnPortZero> StartAsync(SnsLimits? limits = null)
    {
        var (functions, queues) = (new StubTarget("lambda"), new StubTarget("sqs"));
        SnsModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(world =>
        {
            world.Directory.Add(functions);
            world.Directory.Add(queues);
            return [module = new SnsModule(world.Context, limits)];
        });
        var sns = new SnsOnPortZero(host, module!, functions, queues);
        await sns.OkAsync("CreateTopic", ("Name", "alerts"));
        return sns;
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<XElement> OkAsync(string action, params (string Name, string Value)[] parameters)
    {
        var (status, answer) = await PostAsync(action, parameters);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>Sends a request that must fail: code and message, with the status in front.</summary>
    public async Task<string> ErrorAsync(string action, params (string Name, string Value)[] parameters)
    {
        var (status, answer) = await PostAsync(action, parameters);
        return $"{status} {Text(answer, "Code")} {Text(answer, "Message")}";
    }

    /// <summary>Subscribes to the topic of the tests; the subscription's ARN.</summary>
    public async Task<string> SubscribeAsync(string endpoint, params (string Name, string Value)[] attributes)
    {
        var given = attributes.SelectMany((attribute, i) => new[]
        {
            ($"Attributes.entry.{i + 1}.key", attribute.Name), ($"Attributes.entry.{i + 1}.value", attribute.Value),
        });
        return Text(await OkAsync("Subscribe",
        [
            ("TopicArn", TopicArn), ("Protocol", endpoint.Split(':')[2]), ("Endpoint", endpoint), .. given,
        ]), "SubscriptionArn")!;
    }

    /// <summary>Publishes and waits until nothing is under way.</summary>
    public async Task<string> PublishAsync(string message, params (string Name, string Value)[] parameters)
    {
        var answer = await OkAsync("Publish", [("TopicArn", TopicArn), ("Message", message), .. parameters]);
        await QuietAsync();
        return Text(answer, "MessageId")!;
    }

    public async Task QuietAsync()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.True(await World.Activity.WaitForQuietAsync(Bound, TestContext.Current.CancellationToken));
            await Task.Yield();
        }
    }

    public async Task<(int Status, XElement Answer)> PostAsync(
        string action, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Address)
        {
            Content = new FormUrlEncodedContent(
                [KeyValuePair.Create("Action", action),
                    .. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]),
        };
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{ModuleOnPortZero.Region}/sns/aws4_request, Signature=0");
        using var response = await http.SendAsync(request);
        Assert.Equal(new MediaTypeHeaderValue("text/xml"), response.Content.Headers.ContentType);
        return ((int)response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The text of the first element with a name.</summary>
    public static string? Text(XElement answer, string name) => answer.Descendants(Ns + name).FirstOrDefault()?.Value;

    public static string[] Texts(XElement answer, string name) =>
        [.. answer.Descendants(Ns + name).Select(item => item.Value)];

    public static Dictionary<string, string> Attributes(XElement answer) => answer.Descendants(Ns + "entry")
        .ToDictionary(entry => entry.Element(Ns + "key")!.Value, entry => entry.Element(Ns + "value")!.Value);

    public async ValueTask DisposeAsync()
    {
        await Module.DisposeAsync();
        http.Dispose();
        await host.DisposeAsync();
    }
}
