namespace Isobar.Samples;

/// <summary>Rows that break one rule each, and the reason that has to be given for it.</summary>
internal static class Defects
{
    public static IEnumerable<(string Row, string Reason)> Of(string station) =>
    [
        ("end of part one", "row:fields"),
        ($"{station},20220701,TMAX,151,,,W,0700,", "row:fields"),
        ($"{station},20220701,TMAX,151,", "row:fields"),
        ("XIW2,20220701,TMAX,151,,,W,", "id:length"),
        ("XIW 0000002,20220701,TMAX,151,,,W,", "id:characters"),
        ("xiw00000002,20220701,TMAX,151,,,W,", "id:characters"),
        ($"{station},2022-07-01,TMAX,151,,,W,", "date:format"),
        ($"{station},220701,TMAX,151,,,W,", "date:format"),
        ($"{station},16920701,TMAX,151,,,W,", "date:year"),
        ($"{station},20220229,TMAX,151,,,W,", "date:calendar"),
        ($"{station},20220631,TMAX,151,,,W,", "date:calendar"),
        ($"{station},20221301,TMAX,151,,,W,", "date:calendar"),
        ($"{station},20220701,MAX,151,,,W,", "element:length"),
        ($"{station},20220701,tmax,151,,,W,", "element:characters"),
        ($"{station},20220701,TMAX,15.1,,,W,", "value:format"),
        ($"{station},20220701,TMAX,,,,W,", "value:format"),
        ($"{station},20220701,TMAX,1510000,,,W,", "value:format"),
        ($"{station},20220701,TMAX,151,TT,,W,", "m_flag:length"),
        ($"{station},20220701,TMAX,151,,GG,W,", "q_flag:length"),
        ($"{station},20220701,TMAX,151,,,WW,", "s_flag:length"),
        ($"{station},20220701,TMAX,151,,,W,7:00", "time:format"),
        ($"{station},20220701,TMAX,151,,,W,700", "time:format"),
        ($"{station},20220701,TMAX,151,,,W,2460", "time:range"),
    ];

    /// <summary>A Latin-1 degree sign where a flag should be: not UTF-8.</summary>
    public static byte[] NotUtf8(string station) =>
        [.. System.Text.Encoding.ASCII.GetBytes($"{station},20221028,TMAX,151,"), 0xB0, .. ",,W,"u8];
}
