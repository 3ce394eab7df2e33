using System.Text.Json;
using Isobar.Catalog;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>The catalogue's table and lists, whose calls take time and are counted.</summary>
internal sealed class CatalogCosts(VirtualTime time) : ICatalogTable, ISiteLists
{
    private readonly Dictionary<string, CatalogFile> table = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FileList List, int Tag)> lists = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, CatalogFile> Table => table;

    /// <summary>Writes that were made, to the table and to lists.</summary>
    public int Writes { get; private set; }

    /// <summary>Bytes that were written to lists.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes that were refused because another writer came first.</summary>
    public int Refused { get; private set; }

    public int LargestList { get; private set; }

    public FileList List(string objectKey) => lists[objectKey].List;

    public async Task<bool> PutAsync(CatalogFile file, CancellationToken cancellationToken)
    {
        await time.DelayAsync(0.005);
        Writes++;
        var order = table.TryGetValue(file.Key, out var known)
            ? Sequencer.Compare(file.Sequencer, known.Sequencer)
            : 1;
        if (order > 0) table[file.Key] = file;
        return order >= 0;
    }

    public async Task<IReadOnlyList<CatalogFile>> ReadAsync(
        IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await time.DelayAsync(0.01 * Math.Ceiling(keys.Count / 100.0));
        return [.. keys.Select(key => table[key])];
    }

    public async Task<(FileList List, string? Tag)> ReadAsync(string objectKey, CancellationToken cancellationToken)
    {
        await time.DelayAsync(0.015);
        return lists.TryGetValue(objectKey, out var found) ? (found.List, $"{found.Tag}") : (FileList.Empty, null);
    }

    public async Task<bool> TryWriteAsync(
        string objectKey, FileList list, string? tag, CancellationToken cancellationToken)
    {
        await time.DelayAsync(0.03);
        Writes++;
        var found = lists.TryGetValue(objectKey, out var known) ? $"{known.Tag}" : null;
        if (found != tag)
        {
            Refused++;
            return false;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(list, CatalogJson.Default.FileList).Length;
        Bytes += bytes;
        LargestList = Math.Max(LargestList, bytes);
        lists[objectKey] = (list, known.Tag + 1);
        return true;
    }
}
