using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources.Operations;

/// <summary>Tells how one mapping is configured.</summary>
/// <remarks>Source: AWS Lambda API Reference, GetEventSourceMapping.</remarks>
internal sealed class GetEventSourceMapping(EventSourceMappings mappings)
{
    /// <exception cref="AwsException">ResourceNotFoundException: no mapping has this UUID.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var mapping = mappings.Find(request.Label);
        if (mapping?.Source.Region != request.Scope.Region) throw LambdaErrors.ResourceNotFound();
        return JsonBody.WriteAsync(request, json => MappingView.Write(json, mapping!));
    }
}
