using System.Text.Json.Serialization;
using Isobar.Local.Edge.Handlers;

namespace Isobar.Local.Edge.Events;

/// <summary>What goes to a handler's process and comes from it, one line of JSON each.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HandlerCall))]
[JsonSerializable(typeof(HandlerReply))]
internal sealed partial class EdgeJson : JsonSerializerContext;
