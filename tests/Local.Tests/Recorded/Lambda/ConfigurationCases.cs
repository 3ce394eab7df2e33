using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Event invoke configurations.</summary>
internal static class ConfigurationCases
{
    private const string About = "event invoke configurations";
    private const string Path = "/2019-09-25/functions/echo/event-invoke-config";
    private const string Nothing = """{"OnSuccess":{},"OnFailure":{}}""";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A configuration is put, changed in parts, shown and listed, with $LATEST in its ARN", async world =>
        {
            AssertShown(await PutAsync(world, """{"MaximumRetryAttempts":0}"""), 0, null);
            AssertShown(await PutAsync(world, """{"MaximumEventAgeInSeconds":60}"""), null, 60);
            AssertShown(await PostAsync(world, """{"MaximumEventAgeInSeconds":60}"""), null, 60);
            AssertShown(await PostAsync(world, """{"MaximumRetryAttempts":1}"""), 1, 60);
            AssertShown(await world.GetAsync(Path), 1, 60);
            AssertShown(await world.GetAsync(Path + "?Qualifier=$LATEST"), 1, 60);
            var list = (await world.GetAsync(Path + "/list")).Json.AsObject();
            Assert.Equal(["FunctionEventInvokeConfigs"], list.Select(member => member.Key));
            AssertShown(Assert.Single(list["FunctionEventInvokeConfigs"]!.AsArray())!, 1, 60);
        }),
        new(About, "Putting replaces everything that was configured", async world =>
        {
            await PutAsync(world, """{"MaximumRetryAttempts":2,"MaximumEventAgeInSeconds":60}""");
            AssertShown(await PutAsync(world, """{"MaximumRetryAttempts":0}"""), 0, null);
            AssertShown(await world.GetAsync(Path), 0, null);
        }),
        new(About, "The function can be named by name, ARN and $LATEST, which must agree", async world =>
        {
            foreach (var name in (string[])
                ["echo", "echo:$LATEST", RecordedWorld.Echo, RecordedWorld.Echo + ":$LATEST"])
                AssertShown(await PutAsync(world, """{"MaximumRetryAttempts":1}""", Of(name)), 1, null);
            Answers.AssertError(
                await PutAsync(world, """{"MaximumRetryAttempts":1}""", Of("echo:$LATEST") + "?Qualifier=1"), 400,
                "InvalidParameterValueException",
                "The derived qualifier from the function name does not match the specified qualifier.", "message");
        }),
        new(About, "Configuring nothing is refused", async world => Answers.AssertError(
            await PutAsync(world, "{}"), 400, "InvalidParameterValueException",
            "You must specify at least one of error handling or destination setting.", "message")),
        new(About, "A destination configuration without ARNs is one, and says so", async world =>
        {
            AssertShown(await PutAsync(world, """{"DestinationConfig":{"OnSuccess":{}}}"""), null, null);
            AssertShown(await PutAsync(world, """{"DestinationConfig":{"OnFailure":{}}}"""), null, null);
        }),
        new(About, "A function is no destination for itself", async world => Answers.AssertError(
            await PutAsync(world, Success(RecordedWorld.Echo)), 400, "InvalidParameterValueException",
            "You can't specify the function as a destination for itself.", "message")),
        new(About, "A function that is there is a destination, one that is not is invalid", async world =>
        {
            var other = RecordedWorld.Echo.Replace("echo", "other");
            var answer = await PutAsync(world, Success(other));
            AssertShown(answer, null, null, $$$"""{"OnSuccess":{"Destination":"{{{other}}}"},"OnFailure":{}}""");
            var missing = RecordedWorld.Echo.Replace("echo", "doesnotexist");
            Answers.AssertError(await PutAsync(world, Success(missing)), 400, "InvalidParameterValueException",
                $"The destination ARN {missing} is invalid.", "message");
        }),
        new(About, "An ARN of a service that is no destination is invalid, and shown as an object", async world =>
        {
            var arn = RecordedWorld.Echo.Replace(":lambda:", ":iam:");
            Answers.AssertError(await PutAsync(world, Success(arn)), 400, "InvalidParameterValueException",
                $"The provided destination config DestinationConfig(onSuccess=OnSuccess(destination={arn}), "
                + "onFailure=null) is invalid.", "message");
        }),
        new(About, "A destination that is no ARN breaks its pattern", async world =>
        {
            var wrong = RecordedWorld.Echo.Replace(":lambda:", ":_-/!lambda:");
            Answers.AssertError(
                await PutAsync(world, Success(wrong).Replace("OnSuccess", "OnFailure")), 400,
                "ValidationException", $"1 validation error detected: Value '{wrong}' at "
                    + "'destinationConfig.onFailure.destination' failed to satisfy constraint: Member must satisfy "
                    + @"regular expression pattern: $|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):"
                    + @"([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)");
        }),
        new(About, "To put, change or list for a function or alias that is not there is an error", async world =>
        {
            foreach (var answer in (LambdaAnswer[])
            [
                await PutAsync(world, """{"MaximumRetryAttempts":1}""", Of("missing")),
                await PutAsync(world, """{"MaximumRetryAttempts":1}""", Path + "?Qualifier=missing"),
                await PostAsync(world, """{"MaximumRetryAttempts":1}""", Of("missing")),
                await world.GetAsync(Of("missing") + "/list"),
            ])
            {
                Answers.AssertError(
                    answer, 404, "ResourceNotFoundException", "The function doesn't exist.", "Message");
            }
        }),
        new(About, "To get, change or delete what is not configured is an error, with or without the function",
            async world =>
            {
                foreach (var (path, resource) in ((string, string)[])
                [
                    (Path, "echo:$LATEST"), (Of("missing"), "missing:$LATEST"),
                    (Path + "?Qualifier=1221", "echo:1221"),
                ])
                {
                    var text = $"The function {RecordedWorld.Echo[..^4]}{resource} doesn't have an EventInvokeConfig";
                    foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
                        Answers.AssertError(
                            await world.SendAsync(method, path), 404, "ResourceNotFoundException", text, "Message");
                }

                Answers.AssertError(await PostAsync(world, """{"MaximumRetryAttempts":1}"""), 404,
                    "ResourceNotFoundException",
                    $"The function {RecordedWorld.Echo}:$LATEST doesn't have an EventInvokeConfig", "Message");
            }),
        new(About, "Deleting answers 204 and leaves nothing to list", async world =>
        {
            await PutAsync(world, """{"MaximumRetryAttempts":1}""");
            Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, Path)).Status);
            Answers.AssertJson("""{"FunctionEventInvokeConfigs":[]}""", (await world.GetAsync(Path + "/list")).Json);
        }),
    ];

    private static string Of(string name) =>
        $"/2019-09-25/functions/{Uri.EscapeDataString(name)}/event-invoke-config";

    private static string Success(string arn) =>
        """{"DestinationConfig":{"OnSuccess":{"Destination":"ARN"}}}""".Replace("ARN", arn);

    private static Task<LambdaAnswer> PutAsync(RecordedWorld world, string json, string path = Path) =>
        world.SendAsync(HttpMethod.Put, path, json);

    private static Task<LambdaAnswer> PostAsync(RecordedWorld world, string json, string path = Path) =>
        world.SendAsync(HttpMethod.Post, path, json);

    private static void AssertShown(LambdaAnswer answer, int? attempts, int? age, string destinations = Nothing)
    {
        Assert.Equal(200, answer.Status);
        AssertShown(answer.Json, attempts, age, destinations);
    }

    private static void AssertShown(JsonNode configuration, int? attempts, int? age, string destinations = Nothing)
    {
        var shown = configuration.DeepClone().AsObject();
        Assert.InRange((double)shown["LastModified"]!, 1.7e9, 1e10);
        shown.Remove("LastModified");
        var expected = new JsonObject
        {
            ["FunctionArn"] = RecordedWorld.Echo + ":$LATEST", ["DestinationConfig"] = JsonNode.Parse(destinations),
        };
        if (attempts is not null) expected["MaximumRetryAttempts"] = attempts;
        if (age is not null) expected["MaximumEventAgeInSeconds"] = age;
        Answers.AssertJson(expected.ToJsonString(), shown);
    }
}
