using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Images;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Makes the <c>$LATEST</c> of a new function, whoever asks: the API or a template.</summary>
/// <param name="keys">Issues the access key of the function's role.</param>
internal sealed class FunctionMaker(AccessKeys keys, Identifiers identifiers, ServiceClock clock)
{
    /// <param name="template">Checked.</param>
    /// <param name="together">The layers over each other; null without any.</param>
    /// <param name="image">Null for a zip file.</param>
    /// <param name="arnStart">Partition, service, Region and account: <c>arn:aws:lambda:us-east-1:0000…</c>.</param>
    public DeployedFunction Make(
        FunctionTemplate template, StoredCode code, IReadOnlyList<LayerVersion> layers, StoredCode? together,
        string arnStart, FunctionImage? image = null)
    {
        var place = arnStart.Split(':');
        var configuration = new FunctionConfiguration(
            template.Name, ResolvedFunction.Latest, $"{arnStart}:function:{template.Name}", template.Handler,
            template.Runtime, code.Directory, code.Sha256, template.MemorySizeMb,
            TimeSpan.FromSeconds(template.TimeoutSeconds), template.EnvironmentVariables, place[3], place[4])
        {
            Credentials = new RoleCredentials(keys.Issue(template.Role, template.Name), "local", "local"),
            LayersDirectory = together?.Directory,
            LogFormat = template.LogFormat,
            LogGroupName = template.LogGroup ?? $"/aws/lambda/{template.Name}",
        };
        return new DeployedFunction(
            image is null ? configuration : image.Apply(configuration), template.Role, template.Description,
            template.Architecture, code,
            template.ReservedConcurrency, clock.GetUtcNow(), identifiers.NewGuid().ToString())
        {
            Layers = layers,
            Image = image,
            TracingMode = template.TracingMode,
            DeadLetterTarget = template.DeadLetterTarget,
            Tags = template.Tags,
        };
    }
}
