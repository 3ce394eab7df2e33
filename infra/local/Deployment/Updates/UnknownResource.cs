using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Isobar.Local.Deployment.Updates;

/// <summary>Stands for a resource that an update is going to make, while the update is planned.</summary>
internal static class UnknownResource
{
    public static DeployedResource Of(string logicalId, string type) => new(
        logicalId, type, Text(logicalId), Text(logicalId), new UnknownAttributes(logicalId));

    private static string Text(string name) => $"(known after {name} is made)";

    private sealed class UnknownAttributes(string logicalId) : IReadOnlyDictionary<string, string>
    {
        public IEnumerable<string> Keys => [];

        public IEnumerable<string> Values => [];

        public int Count => 0;

        public string this[string key] => Text($"{logicalId}.{key}");

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
        {
            value = this[key];
            return true;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
            Enumerable.Empty<KeyValuePair<string, string>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
