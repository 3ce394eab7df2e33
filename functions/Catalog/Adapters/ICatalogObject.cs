namespace Isobar.Catalog;

/// <summary>The catalogue in the site bucket as Catalog sees it.</summary>
public interface ICatalogObject
{
    /// <summary>The catalogue and the tag that says which it is; an empty one without a tag if there is none.</summary>
    Task<(CatalogDocument Document, string? Tag)> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes the catalogue if it is still the one with this tag, or still not there.</summary>
    /// <returns>False if somebody else wrote it in between.</returns>
    Task<bool> TryWriteAsync(CatalogDocument document, string? tag, CancellationToken cancellationToken);
}
