using System.Text.Json;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Tests.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Apis;

/// <summary>The Extensions API's refusals, byte for byte, and internal extensions.</summary>
public sealed class ExtensionsApiTests
{
    private const string Nobody = "Lambda-Extension-Identifier: 3e3ab9b4-7d2b-4d8b-9a6e-0b6b1b4a1f00";

    [Theory]
    [InlineData("POST", "register", null, "{}", "Extension.InvalidExtensionName", "Empty extension name")]
    [InlineData("POST", "register", "Lambda-Extension-Name: a", """{"events":["PAUSE"]}""",
        "Extension.InvalidEventType", "PAUSE: ErrorInvalidEventType")]
    [InlineData("POST", "register", "Lambda-Extension-Name: a", """{"events":["SHUTDOWN"]}""",
        "Extension.InvalidEventType", "SHUTDOWN: ShutdownEventNotSupportedForInternalExtension")]
    [InlineData("POST", "register", "Lambda-Extension-Name: a", """{"events":[],"configurationKeys":["A"]}""",
        "InvalidRequestFormat", "configurationKeys are deprecated; use environment variables instead")]
    [InlineData("POST", "register", "Lambda-Extension-Name: a", """{"events":["INVOKE"]}""",
        "Extension.RegistrationClosed", "Extension registration closed already")]
    [InlineData("GET", "event/next", null, null,
        "Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header")]
    [InlineData("GET", "event/next", "Lambda-Extension-Identifier: me", null,
        "Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier")]
    [InlineData("GET", "event/next", Nobody, null,
        "Extension.UnknownExtensionIdentifier", "Unknown extension 3e3ab9b4-7d2b-4d8b-9a6e-0b6b1b4a1f00")]
    [InlineData("POST", "init/error", Nobody, "{}",
        "Extension.UnknownExtensionIdentifier", "Unknown extension 3e3ab9b4-7d2b-4d8b-9a6e-0b6b1b4a1f00")]
    public async Task A_wrong_call_is_refused_with_AWSs_type_and_403(
        string method, string route, string? header, string? body, string errorType, string message)
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var reply = await CallAsync(probes, PoolOfProbes.Function(), method, route, header, body);
        Assert.Equal($$"""403 {"errorMessage":"{{message}}","errorType":"{{errorType}}"}""" + "\n", reply);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("""{"events":"INVOKE"}""")]
    public async Task A_registration_that_is_no_JSON_of_the_right_form_is_refused(string body)
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var reply = await CallAsync(
            probes, PoolOfProbes.Function(), "POST", "register", "Lambda-Extension-Name: a", body);
        Assert.StartsWith("403 ", reply);
        Assert.EndsWith("""
            "errorType":"InvalidRequestFormat"}
            """ + "\n", reply);
    }

    [Fact]
    public async Task An_external_extension_cannot_register_twice()
    {
        using var layer = new LayerFolder().WithProbe("watcher", "INVOKE");
        await using var probes = await PoolOfProbes.StartAsync();
        var reply = await CallAsync(
            probes, ExtensionTests.Function(layer), "POST", "register", "Lambda-Extension-Name: watcher",
            """{"events":["INVOKE"]}""");
        Assert.Matches("^403 .*from (Ready|Running) to Registered failed for extension watcher[.] "
            + "Error: State transition is not allowed.*InvalidExtensionState", reply);
    }

    [Fact]
    public async Task Ten_internal_extensions_get_every_invocation_and_an_eleventh_is_one_too_many()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function(variables: ("PROBE_INIT", "register:11"));
        await probes.InvokeAsync(function, "{}", tail: true);
        var lines = probes.Journal.After(0).Select(entry => entry.Fact).OfType<LogLineWritten>()
            .Select(line => line.Line).ToArray();
        Assert.Equal(10, lines.Count(line => line.StartsWith("registered inner") && line.Contains(" 200 {")));
        Assert.Equal(10, lines.Count(line => line.Contains("\"eventType\":\"INVOKE\"")));
        Assert.Contains(
            "registered inner11 403 {\"errorMessage\":\"Extension limit (10) reached\","
            + "\"errorType\":\"Extension.TooManyExtensions\"}", lines);
    }

    private static async Task<string> CallAsync(
        PoolOfProbes probes, FunctionConfiguration function, string method, string route, string? header, string? body)
    {
        var wish = new Dictionary<string, string> { ["do"] = "call", ["method"] = method };
        wish["path"] = "/2020-01-01/extension/" + route;
        if (header is not null) wish["header"] = header;
        if (body is not null) wish["body"] = body;
        return JsonSerializer.Deserialize<string>(await probes.TextAsync(function, JsonSerializer.Serialize(wish)))!;
    }
}
