namespace Isobar.Catalog;

/// <summary>The catalogue itself: one item for the newest accepted version of each landed file.</summary>
public interface ICatalogTable
{
    /// <summary>Writes the file unless the table has a newer version of it, or this one.</summary>
    /// <returns>True if the table has this version afterwards, false if it has a newer one.</returns>
    Task<bool> PutAsync(CatalogFile file, CancellationToken cancellationToken);

    /// <summary>The files with these keys; those that do not exist are left out.</summary>
    Task<IReadOnlyList<CatalogFile>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);
}
