using Isobar.Local.Lambda.Control.Operations;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Lambda.EventSources.Operations;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>The parts of the API that are about layers, event source mappings, permissions and tags.</summary>
internal static class ResourceOperations
{
    /// <summary>Before the operation that lists layers: one of these has its path, with a query.</summary>
    public static RestJsonProtocol AddLayers(
        this RestJsonProtocol wire, Monitor<LayerRegistry> layers, CodeUploads uploads, ServiceContext context)
    {
        const string versions = "/2018-10-31/layers/{LayerName}/versions";
        const string version = versions + "/{VersionNumber}";
        var operations = new LayerVersions(layers, uploads, context.Region);
        var permissions = new LayerPermissions(layers, context.Identifiers, context.Region);
        var list = new ListLayers(layers);
        return wire
            .Add("GetLayerVersion", "GET", "/2018-10-31/layers?find=LayerVersion", operations.GetByArnAsync,
                request => request.Query("Arn") ?? "layer:")
            .Add("ListLayers", "GET", "/2018-10-31/layers", list.HandleAsync)
            .Add("ListLayerVersions", "GET", versions, list.HandleVersionsAsync)
            .Add("PublishLayerVersion", "POST", versions, operations.PublishAsync, LayerArn)
            .Add("GetLayerVersion", "GET", version, operations.GetAsync, VersionArn)
            .Add("DeleteLayerVersion", "DELETE", version, operations.DeleteAsync, VersionArn)
            .Add("AddLayerVersionPermission", "POST", version + "/policy", permissions.AddAsync, VersionArn)
            .Add("GetLayerVersionPolicy", "GET", version + "/policy", permissions.GetAsync, VersionArn)
            .Add("RemoveLayerVersionPermission", "DELETE", version + "/policy/{StatementId}", permissions.RemoveAsync,
                VersionArn);
    }

    public static RestJsonProtocol AddMappings(
        this RestJsonProtocol wire, EventSourceMappings mappings, ServiceContext context)
    {
        const string path = "/2015-03-31/event-source-mappings";
        var changes = new ChangeEventSourceMappings(mappings, context.Region);
        var list = new ListEventSourceMappings(mappings);
        return wire
            .Add("ListEventSourceMappings", "GET", path, list.HandleAsync)
            .Add("ListEventSourceMappings", "GET", path + "/", list.HandleAsync)
            .Add("CreateEventSourceMapping", "POST", path, changes.CreateAsync)
            .Add("CreateEventSourceMapping", "POST", path + "/", changes.CreateAsync)
            .Add("GetEventSourceMapping", "GET", path + "/{UUID}",
                new GetEventSourceMapping(mappings).HandleAsync, MappingArn)
            .Add("UpdateEventSourceMapping", "PUT", path + "/{UUID}", changes.UpdateAsync, MappingArn)
            .Add("DeleteEventSourceMapping", "DELETE", path + "/{UUID}", changes.DeleteAsync, MappingArn);
    }

    /// <param name="functionArn">The ARN of the function that a path names.</param>
    public static RestJsonProtocol AddPermissionsAndTags(
        this RestJsonProtocol wire, Monitor<FunctionRegistry> functions, EventSourceMappings mappings,
        ServiceContext context, Func<RestRequest, string> functionArn)
    {
        const string policy = "/2015-03-31/functions/{FunctionName}/policy";
        const string tagged = "/2017-03-31/tags/{Resource}";
        var permissions = new Permissions(functions, context.Identifiers, context.Region);
        var tags = new Tags(functions, mappings, context.Region);
        return wire
            .Add("AddPermission", "POST", policy, permissions.AddAsync, functionArn)
            .Add("GetPolicy", "GET", policy, permissions.GetAsync, functionArn)
            .Add("RemovePermission", "DELETE", policy + "/{StatementId}", permissions.RemoveAsync, functionArn)
            .Add("TagResource", "POST", tagged, tags.AddAsync, request => request.Label)
            .Add("UntagResource", "DELETE", tagged, tags.RemoveAsync, request => request.Label)
            .Add("ListTags", "GET", tagged, tags.ListAsync, request => request.Label);
    }

    private static string LayerArn(RestRequest request) => $"layer:{LayerName.Of(request.Label)}";

    private static string VersionArn(RestRequest request) =>
        $"layer:{LayerName.Of(request.Label)}:{request.SecondLabel}";

    private static string MappingArn(RestRequest request) => $"event-source-mapping:{request.Label}";
}
