using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources.Operations;

/// <summary>Lists the mappings, of one function or event source if wanted, 100 a page.</summary>
/// <remarks>Source: AWS Lambda API Reference, ListEventSourceMappings.</remarks>
internal sealed class ListEventSourceMappings(EventSourceMappings mappings)
{
    /// <exception cref="AwsException">ValidationException, and what a function's name can have wrong.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var source = request.Query("EventSourceArn");
        var function = request.Query("FunctionName") is { } name
            ? FunctionReference.Parse(name, null, request.Scope, "lambda:ListEventSourceMappings")
            : (FunctionReference?)null;
        var found = mappings.All().Where(mapping =>
            mapping.Source.Region == request.Scope.Region && (source is null || mapping.Source.ToString() == source)
            && (function is null || (mapping.Function.Name == function.Value.Name
                && mapping.Function.Qualifier == function.Value.Qualifier)));
        return JsonBody.WritePageAsync(
            request, "EventSourceMappings", found, mapping => mapping.Uuid, LambdaLimits.MaxMappingsOnPage,
            (json, mapping) =>
            {
                json.WriteStartObject();
                MappingView.Write(json, mapping);
                json.WriteEndObject();
            });
    }
}
