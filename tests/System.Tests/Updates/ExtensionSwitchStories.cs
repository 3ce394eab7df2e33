namespace Isobar.Stories.Updates;

/// <summary>A parameter that leaves an extension out of all functions, in a stack that runs.</summary>
public sealed class ExtensionSwitchStories
{
    // The condition, the layer and the functions' layers as the application's template has them.
    private const string Template = """
        Parameters: {Telemetry: {Type: String, Default: 'on', AllowedValues: ['on', 'off']}}
        Conditions: {HasTelemetry: !Equals [!Ref Telemetry, 'on']}
        Globals: {Function: {Layers: [!If [HasTelemetry, !Ref TelemetryLayer, !Ref AWS::NoValue]]}}
        Resources:
          TelemetryLayer:
            {Type: AWS::Serverless::LayerVersion, Condition: HasTelemetry, Properties: {ContentUri: layer}}
          Echo:
            Type: AWS::Serverless::Function
            Properties: {CodeUri: code, Handler: Probe, Runtime: dotnet10, MemorySize: 512, Timeout: 30}

        """;

    [Fact]
    public async Task An_extension_that_ends_every_environment_is_switched_off_by_an_update_of_one_parameter()
    {
        await using var host = await UpdatedHost.StartAsync(
            Template, ("layer/extensions/broken", "#!/bin/sh\nexit 1\n"));
        using var stack = await host.FindAsync();
        Assert.Contains("\"Extension.Crash\"", await AskAsync(stack));

        var changes = await host.UpdateAsync(parameters: ["Telemetry=off"]);
        Assert.Contains("Modify Echo", changes);
        Assert.Equal("{}", await AskAsync(stack));

        await host.UpdateAsync(parameters: ["Telemetry=on"]);
        Assert.Contains("\"Extension.Crash\"", await AskAsync(stack));
    }

    private static async Task<string> AskAsync(DeployedStack stack)
    {
        using var answer = await stack.Calls.InvokeAsync(stack.NameOf("Echo"), "{}", "RequestResponse");
        return await answer.Content.ReadAsStringAsync();
    }
}
