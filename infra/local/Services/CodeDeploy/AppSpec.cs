using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Templates;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>A revision for Lambda: which alias moves from which version to which, and the functions that check it.
/// </summary>
/// <remarks>Source: AWS CodeDeploy User Guide, "AppSpec file structure for AWS Lambda deployments".</remarks>
/// <param name="Content">As it was given, YAML or JSON.</param>
internal sealed record AppSpec(
    string Content, string Sha256, string Function, string Alias, string CurrentVersion, string TargetVersion)
{
    /// <summary>A function's name or ARN; null for none.</summary>
    public string? BeforeAllowTraffic { get; init; }

    /// <summary>A function's name or ARN; null for none.</summary>
    public string? AfterAllowTraffic { get; init; }

    /// <summary>The AppSpec of a move that a stack's update asks for.</summary>
    public static AppSpec Of(string function, string alias, AliasMove move)
    {
        var hooks = new JsonArray();
        if (move.BeforeAllowTraffic is { } before) hooks.Add(new JsonObject { ["BeforeAllowTraffic"] = before });
        if (move.AfterAllowTraffic is { } after) hooks.Add(new JsonObject { ["AfterAllowTraffic"] = after });
        var spec = new JsonObject
        {
            ["version"] = "0.0",
            ["Resources"] = new JsonArray(new JsonObject
            {
                [function] = new JsonObject
                {
                    ["Type"] = "AWS::Lambda::Function",
                    ["Properties"] = new JsonObject
                    {
                        ["Name"] = function,
                        ["Alias"] = alias,
                        ["CurrentVersion"] = move.CurrentVersion,
                        ["TargetVersion"] = move.TargetVersion,
                    },
                },
            }),
        };
        if (hooks.Count > 0) spec["Hooks"] = hooks;
        return Read(spec.ToJsonString());
    }

    /// <exception cref="AwsException">InvalidRevisionException: it is no AppSpec of one function.</exception>
    public static AppSpec Read(string content)
    {
        try
        {
            var root = TemplateReader.Read(new TemplateSource("AppSpec", content));
            if (Text(root, "version") is not { } version
                || !decimal.TryParse(version, CultureInfo.InvariantCulture, out var number) || number != 0)
                throw CodeDeployErrors.InvalidRevision("its version must be 0.0");
            if (Any(root, "Resources") is not TemplateSequence { Items: [TemplateMapping { Entries: [var only] }] }
                || only.Value is not TemplateMapping resource || Any(resource, "Properties") is not TemplateMapping of)
                throw CodeDeployErrors.InvalidRevision("Resources must be a list of one function with Properties");
            if (Text(resource, "Type") is not "AWS::Lambda::Function")
                throw CodeDeployErrors.InvalidRevision("the Type of its resource must be AWS::Lambda::Function");
            var hooks = Hooks(root);
            return new AppSpec(
                content, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))),
                Required(of, "Name"), Required(of, "Alias"), Required(of, "CurrentVersion"),
                Required(of, "TargetVersion"))
            {
                BeforeAllowTraffic = hooks.GetValueOrDefault("BeforeAllowTraffic"),
                AfterAllowTraffic = hooks.GetValueOrDefault("AfterAllowTraffic"),
            };
        }
        catch (DeploymentException e)
        {
            throw CodeDeployErrors.InvalidRevision($"it is neither YAML nor JSON ({e.Errors[0].Message})");
        }
    }

    private static Dictionary<string, string> Hooks(TemplateMapping root)
    {
        var hooks = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Any(root, "Hooks") is not { } listed) return hooks;
        if (listed is not TemplateSequence { Items: var items })
            throw CodeDeployErrors.InvalidRevision("Hooks must be a list");
        foreach (var item in items)
        {
            if (item is not TemplateMapping { Entries: [{ Value: TemplateScalar function } hook] }
                || hook.Key is not ("BeforeAllowTraffic" or "AfterAllowTraffic"))
                throw CodeDeployErrors.InvalidRevision(
                    "each of its Hooks must name a function for BeforeAllowTraffic or AfterAllowTraffic");
            hooks[hook.Key] = function.Text;
        }

        return hooks;
    }

    // AWS's own examples write the sections in either case.
    private static TemplateNode? Any(TemplateMapping owner, string key) =>
        owner.Entries.FirstOrDefault(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value;

    private static string? Text(TemplateMapping owner, string key) => (Any(owner, key) as TemplateScalar)?.Text;

    private static string Required(TemplateMapping owner, string key) => Text(owner, key) is { Length: > 0 } text
        ? text
        : throw CodeDeployErrors.InvalidRevision($"{key} of its function is missing");
}
