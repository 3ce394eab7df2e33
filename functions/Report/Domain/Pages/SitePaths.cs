namespace Isobar.Report;

/// <summary>Where the pages are below the site's root. Ids and countries have characters that need no encoding in a
/// URL.</summary>
public static class SitePaths
{
    /// <summary>The list of the countries that have stations.</summary>
    public const string Countries = "stations/index.html";

    /// <summary>Characters of a country's code, with which the ids of its stations begin.</summary>
    public const int CountryCharacters = 2;

    /// <summary>What the paths of all stations' folders begin with.</summary>
    public const string Stations = "stations/";

    /// <summary>
    /// The name of the lists' folder, beside those of the stations. It is no id, which has 11 characters, and sorts
    /// after all of them, which have no lower-case letters.
    /// </summary>
    public const string ListFolder = "list";

    /// <summary>The folder of a station's pages, with a slash behind it.</summary>
    /// <param name="station">A valid id; anything else could lead to another folder.</param>
    public static string Folder(string station) => $"{Stations}{station}/";

    /// <summary>The station's own page, which shows its newest decade.</summary>
    public static string Station(string station) => Folder(station) + "index.html";

    /// <summary>An empty file that says that the lists have the station.</summary>
    public static string ListedMark(string station) => Folder(station) + "listed";

    /// <summary>The page of an earlier decade.</summary>
    public static string DecadeOf(string station, Decade decade) => $"{Folder(station)}{decade.Name}.html";

    /// <summary>The list of the stations whose ids begin with this.</summary>
    /// <param name="prefix">2 to 11 characters of an id. The first two are the country's.</param>
    public static string List(string prefix) => $"{Stations}{ListFolder}/{prefix}.html";
}
