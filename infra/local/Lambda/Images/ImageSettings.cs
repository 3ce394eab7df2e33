using System.Text.Json.Serialization;

namespace Isobar.Local.Lambda.Images;

/// <summary>What an image says about its start.</summary>
/// <param name="Runtime">Lambda's identifier of what the base image has.</param>
/// <param name="EntryPoint">Never empty: base images have one.</param>
/// <param name="Command">May be empty.</param>
/// <param name="WorkingDirectory">As the processes see it.</param>
/// <param name="Variables">Of <c>ENV</c>.</param>
internal sealed record ImageSettings(
    string Runtime, IReadOnlyList<string> EntryPoint, IReadOnlyList<string> Command, string WorkingDirectory,
    IReadOnlyDictionary<string, string> Variables);

/// <summary>The types that are kept with an image.</summary>
[JsonSerializable(typeof(ImageSettings))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ImageJson : JsonSerializerContext;
