using Isobar.Stories.Claims;
using Isobar.Stories.Clients;

namespace Isobar.Stories.Instrumentation;

/// <summary>A function in Node.js with the layers that functions in .NET have: instrumentation and telemetry.</summary>
public sealed class NodeFixture : ProbeFixture
{
    /// <summary>Fetches an address of the host's, or tells how it was started.</summary>
    private const string Code = """
        const { get } = require("node:http");
        exports.handler = async ({ path, by }) => {
          if (!path) return { arguments: process.execArgv, options: process.env.NODE_OPTIONS ?? null };
          const address = process.env.AWS_ENDPOINT_URL + path;
          if (by === "fetch") return (await fetch(address)).status;
          return new Promise((resolve) =>
            get(address, (answer) => answer.resume().on("end", () => resolve(answer.statusCode))));
        };
        """;

    private protected override string Resources =>
        "  Telemetry: {Type: AWS::S3::Bucket}\n"
        + Layer("InstrumentationLayer", "layers/instrumentation") + Layer("TelemetryLayer", "extensions/telemetry")
        + Script("Plain", "", "")
        + Script("Watched", "Layers: [!Ref InstrumentationLayer, !Ref TelemetryLayer],",
            "AWS_LAMBDA_EXEC_WRAPPER: /opt/instrumentation/wrapper, TELEMETRY_BUCKET: !Ref Telemetry");

    private protected override string RuntimeClients => NodeRuntimeClient.Folder;

    private protected override ProbeCheckout CheckOut() => new ProbeCheckout()
        .WithBuilt("instrumentation").WithBuilt("telemetry").WithCode("Script", "index.js", Code);

    private static string Script(string id, string properties, string variables) => $$"""
          {{id}}:
            Type: AWS::Serverless::Function
            Properties: {CodeUri: functions/Script, Handler: index.handler, Runtime: nodejs22.x, MemorySize: 512,
              Timeout: 30, {{properties}} Environment: {Variables: { {{variables}} } } }

        """;
}
