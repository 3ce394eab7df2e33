using System.Text;
using Isobar.Domain;

namespace Isobar.Api;

/// <summary>The station id in a path.</summary>
internal static class StationPath
{
    public const string NotFound = "There is no such station, or no file with months of it.";

    /// <summary>Whether the text has the form of a station's id; others are not looked up.</summary>
    public static bool IsStationId(string? id) => id is not null && StationId.IsValid(Encoding.UTF8.GetBytes(id));
}
