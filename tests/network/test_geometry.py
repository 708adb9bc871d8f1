import numpy as np
import pytest

from corridor.network.geometry import distance_to_segments, great_circle_km, unit_sphere_xyz


def test_a_quarter_of_a_meridian_is_ten_thousand_kilometres() -> None:
    quarter = float(great_circle_km(lon_a=20.0, lat_a=0.0, lon_b=20.0, lat_b=90.0))
    assert quarter == pytest.approx(6371.0088 * np.pi / 2)  # radius x pi / 2 = 10,008 km


def test_moscow_to_minsk_agrees_with_the_published_air_distance() -> None:
    assert float(great_circle_km(lon_a=37.62, lat_a=55.75, lon_b=27.56, lat_b=53.9)) == pytest.approx(675, abs=5)


def test_distances_are_the_same_both_ways() -> None:
    there = great_circle_km(lon_a=67.0, lat_a=24.9, lon_b=27.6, lat_b=53.9)
    back = great_circle_km(lon_a=27.6, lat_a=53.9, lon_b=67.0, lat_b=24.9)
    assert there == back


def test_points_on_the_sphere_are_one_earth_radius_from_its_centre() -> None:
    xyz = unit_sphere_xyz(lon=np.array([0.0, 70.0]), lat=np.array([90.0, -30.0]))
    np.testing.assert_allclose(np.linalg.norm(xyz, axis=1), 6371.0088)


def test_the_nearest_point_of_a_segment_lies_abeam_or_at_its_end() -> None:
    distance_km, share = distance_to_segments(
        lon=0.5,
        lat=0.1,
        tail_lon=np.array([0.0, 1.0]),
        tail_lat=np.array([0.0, 0.1]),
        head_lon=np.array([1.0, 2.0]),
        head_lat=np.array([0.0, 0.1]),
    )
    degree_km = 6371.0088 * np.pi / 180
    np.testing.assert_allclose(distance_km, [0.1 * degree_km, 0.5 * degree_km * np.cos(np.radians(0.1))])
    np.testing.assert_allclose(share, [0.5, 0.0])


def test_a_segment_of_no_length_is_a_point() -> None:
    distance_km, share = distance_to_segments(
        lon=0.0,
        lat=0.0,
        tail_lon=np.array([0.0]),
        tail_lat=np.array([1.0]),
        head_lon=np.array([0.0]),
        head_lat=np.array([1.0]),
    )
    assert float(distance_km[0]) == pytest.approx(111.2, abs=0.1)
    assert float(share[0]) == 0.0
