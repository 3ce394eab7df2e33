using Isobar.Local.Lambda.Code;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Lays a function's layers over each other, in the order in which it names them.</summary>
internal sealed class FunctionLayers(Monitor<LayerRegistry> layers, CodeStore store)
{
    /// <returns>The layers, and where they lie together; null without any.</returns>
    /// <exception cref="AwsException">
    /// What <see cref="LayerReference.ReadAll"/> throws; InvalidParameterValueException: no such version, or function
    /// and layers are too large together.
    /// </exception>
    public async ValueTask<(IReadOnlyList<LayerVersion> Layers, StoredCode? Merged)> MergeAsync(
        IReadOnlyList<string> arns, string region, long codeSizeBytes, CancellationToken cancellationToken)
    {
        var references = LayerReference.ReadAll(arns, region);
        var found = layers.Ask((registry, _) => references.Select(reference => registry.Find(reference)
            ?? throw LambdaErrors.InvalidParameter($"Layer version {reference.Arn} does not exist.")).ToArray());
        if (codeSizeBytes + found.Sum(layer => layer.Content.SizeBytes) > LambdaLimits.MaxUnzippedBytes)
        {
            throw LambdaErrors.InvalidParameter(
                $"Unzipped size must be smaller than {LambdaLimits.MaxUnzippedBytes} bytes");
        }

        return found.Length == 0 ? (found, null) : (found, await LayOverAsync(found, cancellationToken));
    }

    private async ValueTask<StoredCode> LayOverAsync(LayerVersion[] parts, CancellationToken cancellationToken)
    {
        if (layers.Ask((registry, _) => registry.FindMerged(parts)) is { } before) return before;
        var merged = await store.AddAsync(
            [.. parts.Select(part => new FolderPackage(part.Content.Directory))], cancellationToken);
        layers.Post((registry, _) => registry.KeepMerged(parts, merged));
        return merged;
    }
}
